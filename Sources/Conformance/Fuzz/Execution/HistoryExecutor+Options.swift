// Operations with options, pieces of listings, and what goes with messages: from a history to the backend and back.

import Glibc
import IOSpec

extension HistoryExecutor {
    // MARK: Lowering

    /// What fills nothing.
    func optional(_ symbolic: SymbolicOperation) -> Operation {
        if case .setTimes = symbolic { hasSetTimes = true }
        return switch symbolic {
        case .setTimes(let file, let access, let modification):
            .file(.setTimes(handle(file), access: access, modification: modification))
        case .advise(let file, let offset, let count, let advice): .file(.advise(handle(file), at: offset, count: count, advice))
        case .setOption(let target, let option, let value): .stream(.setOption(handle(target), option, value))
        case .option(let target, let option): .stream(.option(handle(target), option))
        default: preconditionFailure("No operation with options")
        }
    }

    /// What comes after the last name that was listed so.
    func listing(_ directory: Symbol, _ room: Int, _ symbolic: SymbolicOperation, _ number: Int) -> RunningOperation {
        let record = context.buffer(room, filledWith: 0)
        return RunningOperation(
            number: number, symbolic: symbolic,
            operation: .file(.list(handle(directory), into: record.region, after: cursors[directory] ?? 0)), record: record)
    }

    func receiving(_ end: Handle, _ count: Int, handles: Int, _ symbolic: SymbolicOperation, _ number: Int) -> RunningOperation {
        let memory = LentMemory(count, pieces: 1, from: context, registered: registered)
        let sender = context.buffer(MemoryLayout<SocketAddress>.size, filledWith: 0)
        let places = context.buffer(handles * MemoryLayout<Handle>.stride, filledWith: 0)
        let record = message(of: memory, sender.region, places.region)
        return RunningOperation(
            number: number, symbolic: symbolic, operation: .message(.receive(end, record.region)), memory: memory, record: record,
            passed: places)
    }

    func message(of memory: LentMemory, _ address: MemoryRegion, passing handles: [Handle]) -> CaseBuffer {
        let stride = MemoryLayout<Handle>.stride
        let places = context.buffer(handles.count * stride)
        for (index, handle) in handles.enumerated() { places.store(handle, at: index * stride) }
        return message(of: memory, address, places.region)
    }

    func message(of memory: LentMemory, _ address: MemoryRegion, _ handles: MemoryRegion = .empty) -> CaseBuffer {
        let record = context.buffer(MemoryLayout<Message>.size, filledWith: 0)
        record.store(Message(context.segments(memory.regions), address: address, handles: handles))
        return record
    }

    // MARK: What was made

    /// Knows the handles that an operation has made, and how they are used.
    func take(what one: RunningOperation, hasMade completion: Completion) throws {
        if case .receiveHandles(_, _, let made) = one.symbolic { return takePassed(one, made) }
        guard let made = one.symbolic.makes.first else { return }
        try note(context.handle(of: completion), as: made)
        guard case .open(_, _, let options, _) = one.symbolic else { return }
        files.insert(made)
        if options.contains(.direct) { directFiles.insert(made) }
    }

    private func takePassed(_ one: RunningOperation, _ made: [Symbol]) {
        files.formUnion(made)
        guard let places = one.passed, let message = one.record?.load(as: Message.self) else { return }
        for (index, symbol) in made.prefix(Int(message.handleCount)).enumerated() {
            let bytes = places.bytes(index * MemoryLayout<Handle>.stride, MemoryLayout<Handle>.size)
            // Sound: any bytes are a handle, which may be one that nobody has.
            handles[symbol] = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: Handle.self) }
        }
    }

    /// The names of a piece; the next one begins behind the last of them, or with the first one when there was none.
    func listedPiece(_ one: RunningOperation, _ count: Int, of directory: Symbol) throws -> [Observation.ListedName] {
        guard let record = one.record else { return [] }
        cursors[directory] = try context.names(in: record, count: count).last?.cursor ?? 0
        return try listed(one, count)
    }

    // MARK: Checking

    /// A simulated file tells what its direct transfers need.
    func checkDirectAlignment(in status: FileStatus, of one: RunningOperation) throws {
        guard !(context.factory.surroundings is NativeSurroundings), status.kind == .file else { return }
        if status.directMemoryAlignment > 0, status.directOffsetAlignment > 0 { return }
        throw CaseFailure(
            "operation \(one.number) (\(one.symbolic.text)): the alignment of direct transfers is told as 0", clause: "file.direct-query")
    }

    /// Makes a pipe with a name in a directory of its own, and tells where that is.
    func makeNamedPipe() throws -> String {
        let place = try context.factory.surroundings.makeScratchDirectory()
        pipePlaces.append(place)
        try context.factory.surroundings.makeNamedPipe(at: "\(place.path)/p")
        return place.path
    }

    /// Acquires what cannot be acquired.
    func expectRefusal(of refused: RefusedResource) throws {
        let (resource, cause, clause): (Resource, IOError.Cause, String)
        switch refused {
        case .addressInUse:
            let taken = try context.acquire(.listener(at: freshAddress(.internet4), backlog: 1))
            (resource, cause, clause) = (.listener(at: try context.localAddress(of: taken), backlog: 1), .addressInUse, "stream.address")
        case .closedNumber: (resource, cause, clause) = (.foreign(number: .max), .badHandle, "foreign.acquire")
        case .stranger: (resource, cause, clause) = (.process(number: getpid()), .notFound, "process.child")
        }
        let error = try context.errorOfAcquiring(resource)
        // Whoever has no such thing at all says so.
        if error?.cause == cause || error?.cause == .unsupported { return }
        throw CaseFailure("acquiring \(refused) comes to \(error.map { "\($0.cause)" } ?? "success"), and must be \(cause)", clause: clause)
    }
}
