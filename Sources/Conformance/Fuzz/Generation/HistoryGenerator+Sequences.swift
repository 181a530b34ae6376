// Operations that show something only when they follow each other.

import IOSpec

extension HistoryGenerator {
    /// Adds a few operations on the same things, each of which comes to rest before the next one.
    mutating func addSequence() {
        if chance.percent(6) { return addRefusal() }
        switch theme {
        case .files, .names, .locks: addFileSequence()
        case .streams: chance.percent(60) ? addReset() : addOptions()
        case .pipes: addSplice()
        case .listeners: addConnectionSequence()
        case .messages: addPassing()
        case .shots: addRefusal()
        case .bursts: addWaits()
        case .everything:
            switch chance.below(4) {
            case 0: addFileSequence()
            case 1: addSplice()
            case 2: addOptions()
            default: addRefusal()
            }
        }
    }

    private mutating func add(_ operation: SymbolicOperation) {
        append(operation)
        steps.append(.settle)
    }

    private mutating func addRefusal() {
        steps.append(.acquire(.refused(chance.one(of: RefusedResource.allCases)), makes: []))
    }

    // MARK: Files

    private mutating func addFileSequence() {
        switch chance.below(12) {
        case 10, 11: addNamedPipe()
        case 0: addHole()
        case 1: addTimes()
        case 2: addPermissions()
        case 3: addAdvice()
        case 4: addLargest()
        case 5: addWayOut()
        case 6, 7: addPieces()
        case 8: addDirect()
        default: addRefusal()
        }
    }

    /// Opens ends of a pipe that wait for the other one; goes on beside them, gives them up, or opens the other end.
    private mutating func addNamedPipe() {
        let place = makeSymbol()
        steps.append(.acquire(.namedPipe, makes: [place]))
        let first = operations
        let count = chance.percent(30) ? 5 : 1
        let options: OpenOptions = chance.percent(50) ? .reading : .writing
        for _ in 0..<count { openPipe(place, options) }
        if count > 1 { add(.status(directory())) }
        if chance.percent(50) {
            for number in 1...count { steps += [.cancel(first + number), .settle] }
        } else {
            openPipe(place, options == .reading ? .writing : .reading)
        }
    }

    private mutating func openPipe(_ place: Symbol, _ options: OpenOptions) {
        let end = makeSymbol()
        known.add(end)
        add(.open(beneath: place, path: "p", options, makes: end))
    }

    /// Opens a file anew, so that it can surely be read and written.
    private mutating func freshFile(_ name: String = "f") -> Symbol {
        let directory = directory()
        let file = makeSymbol()
        known.add(file, as: .file)
        add(.open(beneath: directory, path: name, [.reading, .writing, .creating], makes: file))
        return file
    }

    /// The oldest directory, which is surely there, or one that others change.
    private mutating func directory() -> Symbol { chance.percent(80) ? known.serving(as: .directory)[0] : handle(.directory) }

    private mutating func addHole() {
        let file = freshFile()
        add(.write(file, payload([100, 5000]), at: 0, pieces: 1))
        add(.punchHole(file, at: chance.one(of: [0, 10]), count: chance.one(of: [50, 1 << 32 + 1])))
        add(.read(file, count: 5000, at: 0, pieces: 1))
    }

    private mutating func addTimes() {
        let file = chance.percent(30) ? directory() : freshFile()
        if chance.percent(50) { add(.status(file)) }
        for _ in 0...chance.below(2) { add(.setTimes(file, access: time(), modification: time())) }
        add(.status(file))
    }

    mutating func time() -> FileTime {
        chance.one(of: [.unchanged, .unchanged, .now, .at(0), .at(1_000_000_000_123_456_789), .at(1_500_000_000_987_654_321)])
    }

    private mutating func addPermissions() {
        if chance.percent(50) {
            let file = freshFile()
            add(.setPermissions(file, chance.one(of: [0o1644, 0o1600, 0o640, 0o444])))
            return add(.status(file))
        }
        let (directory, name) = (directory(), chance.one(of: ["a", "b", "d"]))
        add(.makeDirectory(beneath: directory, path: name))
        add(.pathStatus(beneath: directory, path: name, followsLink: false))
    }

    private mutating func addAdvice() {
        let file = freshFile()
        add(.write(file, payload([100, 5000]), at: 0, pieces: 1))
        add(
            .advise(
                file, at: 0, count: chance.one(of: [0, 100, 5000]), chance.percent(50) ? .willNotNeed : chance.one(of: Advice.allCases)))
        add(.read(file, count: 5000, at: 0, pieces: 1))
    }

    /// Writes across the largest size that a file can have.
    private mutating func addLargest() {
        let file = freshFile()
        add(.write(file, payload([1000]), at: Self.largest - chance.one(of: [100, 4096 + 100]), pieces: 1))
        add(.status(file))
    }

    /// Leads the second path of an operation out of its directory.
    private mutating func addWayOut() {
        let directory = directory()
        _ = freshFile("a")
        let path = chance.one(of: ["../a", "../f", ".."])
        if chance.percent(50) {
            add(.rename(beneath: directory, path: "a", toDirectory: directory, toPath: path, chance.one(of: RenameMode.allCases)))
        } else {
            add(.hardLink(beneath: directory, path: "a", toDirectory: directory, toPath: path))
        }
    }

    private mutating func addPieces() {
        let directory = directory()
        for name in ["a", "b", "c"] where chance.percent(70) { add(.makeDirectory(beneath: directory, path: name)) }
        for _ in 0..<2 + chance.below(3) { add(.listPiece(directory, room: chance.one(of: [20, 24, 24, 32, 48, 64]))) }
    }

    /// Nobody else knows the handle: what lies in memory as it likes is misaligned.
    private mutating func addDirect() {
        let name = chance.one(of: ["a", "f"])
        let directory = directory()
        let file = freshFile(name)
        add(.write(file, payload([8192, 6000]), at: 0, pieces: 1))
        let direct = makeSymbol()
        add(.open(beneath: directory, path: name, [.reading, .writing, .direct], makes: direct))
        add(.status(direct))
        for _ in 0...chance.below(2) {
            let (count, offset) = (chance.one(of: [0, 1, 512, 4096, 8192]), Int64(chance.one(of: [0, 0, 1, 512, 4096])))
            let pieces = chance.one(of: [1, 1, 2])
            add(
                chance.percent(50)
                    ? .read(direct, count: count, at: offset, pieces: pieces) : .write(direct, payload([count]), at: offset, pieces: pieces)
            )
        }
        add(.close(direct))
    }

    // MARK: Streams

    /// Closes an end that has something unread.
    private mutating func addReset() {
        acquirePair(.streams)
        let ends = Array(known.all.suffix(2))
        add(.send(ends[0], payload([7, 100]), pieces: 1))
        if chance.percent(50) { append(.receive(ends[0], count: 10, pieces: 1)) }
        add(.close(ends[1]))
        add(.receive(ends[0], count: 10, pieces: 1))
    }

    private mutating func addOptions() {
        let handle: Symbol
        if chance.percent(50) {
            handle = makeSymbol()
            steps.append(.acquire(.stream(.internet4), makes: [handle]))
            known.add(handle)
        } else {
            handle = anyHandle()
        }
        let option = chance.one(of: SocketOption.allCases)
        for _ in 0...chance.below(2) { add(.setOption(handle, option, value(of: option))) }
        add(.option(handle, option))
    }

    func isSize(_ option: SocketOption) -> Bool { option == .receiveBuffer || option == .sendBuffer }

    /// Sizes are those that leave as much room as there was.
    mutating func value(of option: SocketOption) -> Int32 {
        isSize(option) ? chance.one(of: [65_536, 100_000]) : chance.one(of: [0, 1, 1, 0, 60, -1, 2])
    }

    private mutating func addSplice() {
        let pipe = known.serving(as: .sender)
        guard !known.serving(as: .directory).isEmpty, let sender = pipe.last, let receiver = known.serving(as: .receiver).last else {
            return addOptions()
        }
        let file = freshFile()
        add(.write(file, payload([100]), at: 0, pieces: 1))
        add(.splice(from: file, to: sender, count: 100, at: chance.one(of: [50, 100, 200])))
        add(.receive(receiver, count: 200, pieces: 1))
    }

    // MARK: Connections

    private mutating func addConnectionSequence() {
        switch chance.below(10) {
        case 0..<3: addAbandonedConnect()
        case 3..<5: add(.connect(handle(.unconnected), to: handle(.unconnected)))
        case 5..<8: addResetOnClose()
        default: addOptions()
        }
    }

    /// Connects more than a listener has room for, and gives the last one up.
    private mutating func addAbandonedConnect() {
        let listener = makeSymbol()
        steps.append(.acquire(.listener(.local, backlog: 1), makes: [listener]))
        known.add(listener, as: .listener)
        var stream = listener
        for _ in 0..<3 {
            stream = makeSymbol()
            steps.append(.acquire(.stream(.local), makes: [stream]))
            known.add(stream, as: .unconnected, .receiver, .sender)
            add(.connect(stream, to: listener))
        }
        steps += [.cancel(operations), .settle]
        add(chance.percent(70) ? .connect(stream, to: listener) : .receive(stream, count: 10, pieces: 1))
    }

    private mutating func addResetOnClose() {
        let (listener, stream, accepted) = (makeSymbol(), makeSymbol(), makeSymbol())
        steps += [.acquire(.listener(.internet4, backlog: 16), makes: [listener]), .acquire(.stream(.internet4), makes: [stream])]
        known.add(listener, as: .listener)
        known.add(stream, as: .receiver, .sender)
        known.add(accepted, as: .receiver, .sender)
        add(.connect(stream, to: listener))
        add(.accept(listener, makes: accepted))
        add(.setOption(stream, .resetsOnClose, 1))
        add(.close(stream))
        add(.receive(accepted, count: 10, pieces: 1))
    }

    // MARK: Messages

    /// Passes files and directories, and uses what comes.
    private mutating func addPassing() {
        acquireRoot()
        let root = known.all[known.all.count - 1]
        acquirePair(chance.one(of: [.packets, .datagrams]))
        let ends = Array(known.all.suffix(2))
        let file = makeSymbol()
        known.add(file)
        add(
            .open(
                beneath: root, path: "f",
                chance.one(of: [[.reading, .creating], [.writing, .creating], [.reading, .appending, .creating]]), makes: file))
        if chance.percent(20) { add(.close(file)) }
        let passed = chance.one(of: [[file], [root], [file, root], [root, file]])
        add(.passHandles(passed, payload([1, 7]), over: ends[0]))
        if chance.percent(30) { add(.close(file)) }
        let made = (0..<chance.below(3)).map { _ in makeSymbol() }
        for symbol in made { known.add(symbol) }
        add(.receiveHandles(ends[1], count: 7, makes: made))
        for symbol in made { addUse(of: symbol) }
    }

    private mutating func addUse(of handle: Symbol) {
        switch chance.below(4) {
        case 0: add(.list(handle))
        case 1: add(.read(handle, count: 100, at: 0, pieces: 1))
        case 2: add(.write(handle, payload([7]), at: 0, pieces: 1))
        default: add(.status(handle))
        }
    }

    // MARK: Bursts

    /// Waits for more at once than any table of a kernel interface holds by itself, and goes on beside that.
    private mutating func addWaits() {
        let end = known.serving(as: .receiver)[0]
        for _ in 0..<140 { append(.readiness(end, .receiving)) }
        add(.status(known.serving(as: .directory)[0]))
    }
}
