// Judging handles that go with messages.
//
// Only files and directories are followed, over datagrams and packets. What else is passed has two handles from then on, and is not judged any more.

extension ReferenceModel {
    // MARK: Mistakes

    /// What is wrong with passing handles over a handle.
    func passingMistakes(on thing: ModelHandle.Thing) -> [IOError.Cause] {
        guard case .messages(let end) = thing, let family = streams.messageEnds[end].family else { return [] }
        return family == .local || family == .localAbstract ? [] : [.unsupported]
    }

    /// Whether a handle that is to be passed is surely not open.
    func passesClosed(_ operation: SymbolicOperation, isLinked: Bool) -> Bool {
        operation.passedHandles.contains { isClosed($0.index) || !isLinked && isRefused($0.index) }
    }

    /// Whether a handle that is to be passed may be closed by now.
    func mayPassClosed(_ operation: ModelOperation) -> Bool {
        operation.operation.passedHandles.contains { mayBeGone($0.index) || isRefused($0.index) }
    }

    // MARK: Noting

    /// Remembers what a message passes, whatever becomes of its handles.
    mutating func notePassing(_ operation: ModelOperation) {
        switch operation.operation {
        case .passHandles, .receiveHandles: blurStream(operation.handles[0])
        default: break
        }
        guard !operation.operation.passedHandles.isEmpty, operation.mistakes.isEmpty else { return }
        var things: [ModelHandle.Thing] = []
        for (index, handle) in operation.operation.passedHandles.enumerated() {
            let thing = handles[handle.index]?.thing ?? .unknown
            if case .opened = thing {
                things.append(thing)
                worlds.forEach { $0.tree.opened[ModelPassing.place(operation.number, index)] = $0.tree.opened[handle.index] }
            } else {
                things.append(.unknown)
                blurShared(thing)
            }
        }
        passing.note(things, by: operation.number)
    }

    /// Handles go with the bytes of a stream in a way that is not followed.
    private mutating func blurStream(_ handle: Int) {
        if case .stream = handles[handle]?.thing { blurShared(handles[handle]?.thing) }
    }

    private mutating func blurShared(_ thing: ModelHandle.Thing?) {
        switch thing {
        case .stream(let end):
            streams.ends[end].isUnclear = true
            guard case .connected(let first, let second) = streams.ends[end].connection else { return }
            for index in streams.ends.indices {
                if case .connected(second, first) = streams.ends[index].connection { streams.ends[index].isUnclear = true }
            }
        case .pipe(let channel, _): streams.channels[channel].isUnknown = true
        case .listener(let place): blur(place)
        case .messages(let end):
            streams.messageEnds[end].isUnclear = true
            if let peer = streams.messageEnds[end].peer { streams.messageEnds[peer].isUnclear = true }
        case .opened, .namedPipe, .unknown, nil: break
        }
    }

    // MARK: Receiving

    /// Judges the handles that came with a message, and knows them from now on.
    mutating func judgeHandles(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult, _ end: Int) throws(Refusal) {
        let names: [Symbol] = if case .receiveHandles(_, _, let names) = operation.operation { names } else { [] }
        let taken = streams.messageEnds[end].mailbox.lastTaken
        guard taken.count <= 1 else {
            if !passing.things.isEmpty { giveUp(names) }
            return
        }
        let passed = taken.first.flatMap { passing.things[$0] } ?? []
        let count = min(passed.count, names.count)
        if observation.handleCount != count {
            throw Refusal(
                "message.handles", allowed: "operation \(operation.number): \(count) handles with the message",
                seen: "\(observation.handleCount)")
        }
        if observation.areHandlesTruncated != (passed.count > names.count) {
            throw Refusal(
                "message.handles-closed", allowed: "operation \(operation.number): the flag that tells whether handles were left out",
                seen: observation.areHandlesTruncated ? "set" : "not set")
        }
        guard let number = taken.first else { return }
        for index in 0..<count {
            handles[names[index].index] = ModelHandle(passed[index])
            worlds.forEach { $0.tree.opened[names[index].index] = $0.tree.opened[ModelPassing.place(number, index)] }
        }
    }

    /// Which handles came is not known, nor what is done with them.
    private mutating func giveUp(_ names: [Symbol]) {
        worlds.giveUp()
        for name in names { handles[name.index] = ModelHandle(.unknown) }
    }

    // MARK: What is not known

    func involvesUnknown(_ operation: SymbolicOperation) -> Bool {
        operation.usedHandles.contains { handle in
            switch handles[handle.index]?.thing {
            case .unknown, .namedPipe: true
            default: false
            }
        }
    }

    /// What is made of something unknown is unknown, too.
    mutating func noteUnknown(_ operation: ModelOperation, _ result: ModelResult) {
        guard result.isCount, involvesUnknown(operation.operation) else { return }
        if let made = operation.operation.madeSymbol { handles[made] = ModelHandle(.unknown) }
        if case .receiveHandles(_, _, let names) = operation.operation {
            for name in names { handles[name.index] = ModelHandle(.unknown) }
        }
    }
}
