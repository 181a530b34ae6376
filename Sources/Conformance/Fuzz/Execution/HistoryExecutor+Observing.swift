// What is seen of a completion, and of the memory that the operation had.

import IOSpec

extension HistoryExecutor {
    /// What the model is told, once the memory is as it must be.
    func observe(_ one: RunningOperation, _ completion: Completion) throws -> Observation {
        let count = completion.error == nil ? Int(completion.result) : 0
        try checkMemory(of: one, count)
        if let error = completion.error {
            try checkDetail(of: error, one)
            return Observation(result: IOError(error.cause).encoded)
        }
        if one.symbolic.makesByResult { return Observation(result: 0) }
        var observation = Observation(result: completion.result)
        switch one.symbolic {
        case .read, .receive, .receiveExactly, .readLink:
            observation.bytes = Array((one.memory?.bytes ?? []).prefix(count))
        case .receiveMessage, .receiveHandles:
            observation.bytes = Array((one.memory?.bytes ?? []).prefix(count))
            guard let message = one.record?.load(as: Message.self) else { return observation }
            observation.isTruncated = message.flags.contains(.truncated)
            observation.isEnd = message.flags.contains(.endOfStream)
            observation.handleCount = Int(message.handleCount)
            observation.areHandlesTruncated = message.flags.contains(.handlesTruncated)
            try checkMessage(message, of: one)
        case .status, .pathStatus:
            guard let status = one.record?.load(as: FileStatus.self) else { return observation }
            observation.status = Observation.SymbolicStatus(status)
            observation.times = Observation.Times(access: status.accessTime, modification: status.modificationTime)
            if status.kind == .file { observation.directAlignment = Int(status.directOffsetAlignment) }
            try checkTimes(in: status, of: one)
            try checkDirectAlignment(in: status, of: one)
        case .list:
            observation.result = 0
            observation.names = try listed(one, count)
        case .listPiece(let directory, _):
            observation.result = 0
            observation.names = try listedPiece(one, count, of: directory)
        default: break
        }
        return observation
    }

    private func checkMemory(of one: RunningOperation, _ count: Int) throws {
        guard let memory = one.memory else { return }
        guard memory.areGuardsIntact else {
            throw CaseFailure("\(words(one)): memory beside what was lent was written", clause: "file.untouched-past-count")
        }
        let bytes = memory.bytes
        if let sent = one.sent {
            if bytes == sent { return }
            throw CaseFailure("\(words(one)): memory that was lent for reading was written", clause: "buffer.owned-until-completion")
        }
        if count > bytes.count {
            throw CaseFailure("\(words(one)): \(count) bytes are reported in memory of \(bytes.count)", clause: "result.moved-is-reported")
        }
        // What does not fit of a link's target may have been stored before that was known.
        if case .readLink = one.symbolic { return }
        // A direct read that meets the end of its file may fill all of its memory.
        if case .read(let file, _, _, _) = one.symbolic, directFiles.contains(file) { return }
        guard bytes[count...].allSatisfy({ $0 == LentMemory.untouched }) else {
            throw CaseFailure(
                "\(words(one)): memory past the \(count) bytes that are reported was written", clause: "file.untouched-past-count")
        }
    }

    /// What the model does not look at of a message.
    private func checkMessage(_ message: Message, of one: RunningOperation) throws {
        guard case .message(.receive) = one.operation, let end = one.symbolic.uses.first, let room = one.memory?.bytes.count else { return }
        if message.handleCount < 0 || message.handleCount > one.symbolic.makes.count {
            throw CaseFailure(
                "\(words(one)): \(message.handleCount) handles are said to have come where there is room for \(one.symbolic.makes.count)",
                clause: "message.handles")
        }
        if message.flags.contains(.truncated), message.length <= room {
            throw CaseFailure("\(words(one)): a message of \(message.length) bytes is said to be cut off", clause: "message.truncated")
        }
        // Every handle for datagrams that has no peer has an address, and hears only from such.
        if addresses[end] != nil, !hasUnnamedDatagrams, !message.flags.contains(.hasAddress) {
            throw CaseFailure("\(words(one)): the address of the sender is not told", clause: "message.address")
        }
    }

    /// A system's files were made at some time, which no clock calls zero.
    private func checkTimes(in status: FileStatus, of one: RunningOperation) throws {
        guard context.factory.surroundings is NativeSurroundings, !hasSetTimes, [.file, .directory].contains(status.kind) else { return }
        if status.modificationTime > 0, status.accessTime > 0 { return }
        throw CaseFailure("\(words(one)): the times are \(status.accessTime) and \(status.modificationTime)", clause: "file.status")
    }

    /// Only the system itself knows that a name is missing.
    private func checkDetail(of error: IOError, _ one: RunningOperation) throws {
        guard context.factory.surroundings is NativeSurroundings, case .path = one.operation else { return }
        if error.cause != .notFound || error.detail != 0 { return }
        throw CaseFailure("\(words(one)): the native number of \(error.cause) is missing", clause: "result.detail")
    }

    func listed(_ one: RunningOperation, _ count: Int) throws -> [Observation.ListedName] {
        guard let record = one.record else { return [] }
        let names = try context.names(in: record, count: count)
        return names.map { Observation.ListedName(name: $0.name, kind: $0.kind) }.sorted { $0.name < $1.name }
    }

    func words(_ one: RunningOperation) -> String { "operation \(one.number) (\(one.symbolic.text))" }
}

extension Observation.SymbolicStatus {
    /// What of a status every backend must agree on: only files have a size, and what is no name in a tree has neither permissions nor links of its own.
    fileprivate init(_ status: FileStatus) {
        let isNamed = [.file, .directory, .symbolicLink].contains(status.kind)
        self.init(
            kind: status.kind, size: status.kind == .file ? status.size : 0, permissions: isNamed ? status.permissions : 0,
            linkCount: isNamed && status.kind != .directory ? status.linkCount : 0)
    }
}
