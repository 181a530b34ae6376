// Starting operations: each becomes one entry of the submission queue, or goes to a worker.

#if URing

import CLiburing
import CLinuxIO
public import IOSpec
import LinuxSupport

extension URing {
    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        // Apart, so that what has no arguments does not wait for them to be copied.
        if case .control(.nop) = operation { return startPlain(slot, Request(.nop)) }
        return startArguments(slot, operation, on: handle)
    }

    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>)
        -> StartOutcome
    {
        if case .message(let operation) = operation { return startMessage(slot, operation, on: handle, passing: others) }
        if case .stream(.splice) = operation { return startTried(slot, operation, on: handle, and: others[0]) }
        guard case .path = operation else { return .finished(IOError(.unsupported).encoded) }
        inFlight[stage: slot] = .worker
        pool.submit(slot, operation, on: handle, and: others[0])
        return .pending
    }

    @inline(never)
    private mutating func startArguments(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        switch operation {
        case .control(let operation): startControl(slot, operation, on: handle)
        case .file(let operation): startFile(slot, operation, on: handle)
        case .stream(let operation): startStream(slot, operation, on: handle)
        case .path: startOnWorker(slot, operation, on: handle)
        case .message(let operation): startMessage(slot, operation, on: handle, passing: Span())
        case .watch(let operation): startWatch(slot, operation, on: handle)
        case .time: preconditionFailure("Timers are the engine's")
        }
    }

    @inline(__always)
    private mutating func startControl(_ slot: UInt32, _ operation: ControlOperation, on handle: NativeHandle) -> StartOutcome {
        switch operation {
        case .nop: startPlain(slot, Request(.nop))
        case .close: startClose(slot, handle)
        }
    }

    private mutating func startClose(_ slot: UInt32, _ handle: NativeHandle) -> StartOutcome {
        deregister(handle)
        return startPlain(slot, Request(.close, on: handle.number))
    }

    /// Starts what needs no memory of itself.
    @inline(__always)
    private mutating func startPlain(_ slot: UInt32, _ request: Request) -> StartOutcome {
        guard ring.push(request, .operation(slot)) else { return .full }
        inFlight[stage: slot] = .plain
        return .pending
    }

    /// Starts what is understood, and perhaps tried again, by its record.
    @inline(__always)
    mutating func start(
        _ slot: UInt32, _ request: Request, recording operation: Operation, on handle: NativeHandle, as stage: InFlightTable.Stage,
        scratch: UInt = 0
    ) -> StartOutcome {
        guard ring.push(request, .operation(slot)) else { return .full }
        inFlight[record: slot] = InFlightTable.Record(operation: operation, handle: handle, scratch: scratch)
        inFlight[stage: slot] = stage
        return .pending
    }

    // MARK: Files

    @inline(__always)
    private mutating func startFile(_ slot: UInt32, _ operation: FileOperation, on handle: NativeHandle) -> StartOutcome {
        switch operation {
        case .status: return startStatus(slot, operation, on: handle)
        case .truncate where !support.truncates: return startOnWorker(slot, .file(operation), on: handle)
        case .setPermissions, .setTimes, .list: return startOnWorker(slot, .file(operation), on: handle)
        case .lock, .unlock: return startLock(slot, operation, on: handle)
        // An entry has no room for a longer range.
        case .advise(_, _, let count, _) where count > UInt32.max: return startOnWorker(slot, .file(operation), on: handle)
        case .read, .write, .readVectored, .writeVectored, .append, .synchronize, .synchronizeData, .truncate, .allocate, .punchHole,
            .advise:
            break
        }
        var request = Request(operation, on: handle).through(handle)
        if hasRegisteredMemory { request.use(registeredMemory, for: operation) }
        // Tried by this thread, a write beyond the size limit raises a signal; one by a kernel thread does not.
        if operation.writes, isSizeLimited { request.entryFlags |= CLIBURING_ENTRY_ASYNC }
        if !needsRecord(operation, handle) { return startPlain(slot, request) }
        return start(slot, request, recording: .file(operation), on: handle, as: .recorded)
    }

    /// Whether what an error means depends on the operation.
    @inline(__always)
    private func needsRecord(_ operation: FileOperation, _ handle: NativeHandle) -> Bool {
        switch operation {
        case .synchronize, .synchronizeData, .allocate, .punchHole: true
        default: handle.traits.contains(.direct)
        }
    }

    /// The ring has no locks. One that can be had is had at once; one that has to wait for its holder gets a thread.
    private mutating func startLock(_ slot: UInt32, _ operation: FileOperation, on handle: NativeHandle) -> StartOutcome {
        if case .finished(let result, _) = Attempt.start(.file(operation), on: handle) { return .finished(result) }
        return startOnWorker(slot, .file(operation), on: handle, bounded: false)
    }

    private mutating func startStatus(_ slot: UInt32, _ operation: FileOperation, on handle: NativeHandle) -> StartOutcome {
        guard let block = unsafe scratch.take() else { return .finished(IOError(.outOfResources).encoded) }
        // The block holds the native status and, behind it, the empty path that stands for the descriptor itself.
        unsafe block.storeBytes(of: 0, toByteOffset: MemoryLayout<linuxio_statx>.size, as: UInt8.self)
        let address = UInt(bitPattern: block)
        let request = Request.status(of: handle, into: address, emptyPath: address + UInt(MemoryLayout<linuxio_statx>.size))
        let outcome = start(slot, request, recording: .file(operation), on: handle, as: .recorded, scratch: address)
        if case .full = outcome { unsafe scratch.give(block) }
        return outcome
    }

    // MARK: Streams

    @inline(__always)
    private mutating func startStream(_ slot: UInt32, _ operation: StreamOperation, on handle: NativeHandle) -> StartOutcome {
        switch operation {
        case .connect(_, let region): return startConnect(slot, operation, to: region, on: handle)
        case .shutDown, .setOption, .option: return startInline(operation, on: handle)
        case .receiveVectored(_, let segments) where handle.kind == .stream, .sendVectored(_, let segments) where handle.kind == .stream:
            return startSegments(slot, operation, segments, on: handle)
        case .acceptMultishot, .receiveMultishot: return startShots(slot, operation, on: handle)
        case .sendZeroCopy: return startZeroCopy(slot, operation, on: handle)
        case .receive, .receiveExactly, .receiveVectored, .send, .sendVectored, .accept: break
        case .splice: preconditionFailure("A splice is started with its second handle")
        }
        let request = Request(operation, on: handle, waits: true, support: support).through(handle)
        return start(slot, request, recording: .stream(operation), on: handle, as: .stream)
    }

    private mutating func startConnect(_ slot: UInt32, _ operation: StreamOperation, to region: MemoryRegion, on handle: NativeHandle)
        -> StartOutcome
    {
        guard let block = unsafe scratch.take() else { return .finished(IOError(.outOfResources).encoded) }
        // Sound: the engine checked that the region holds an address, and a block has room for any native form.
        let length = unsafe region.load(as: SocketAddress.self).write(to: block)
        let address = UInt(bitPattern: block)
        let request = Request.connect(handle, address: address, length: length).through(handle)
        let outcome = start(slot, request, recording: .stream(operation), on: handle, as: .stream, scratch: address)
        if case .full = outcome { unsafe scratch.give(block) }
        return outcome
    }

    /// Shuts down, or looks after an option, at once: the ring would leave it to one of the kernel's threads, and later.
    private func startInline(_ operation: StreamOperation, on handle: NativeHandle) -> StartOutcome {
        guard case .finished(let result, _) = Attempt.start(.stream(operation), on: handle) else {
            preconditionFailure("Shutting down and options never wait")
        }
        return .finished(result)
    }

    // MARK: Workers

    /// Opening is a worker's: the kernel's own threads for the ring are few and shared, and a handful of named pipes that wait for their peers would
    /// hold up everything else that needs one.
    private mutating func startOnWorker(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, bounded: Bool = true
    ) -> StartOutcome {
        if case .path = operation { isSizeLimited = FileSizeLimit.isSet }
        inFlight[stage: slot] = .worker
        pool.submit(slot, operation, on: handle, bounded: bounded)
        return .pending
    }
}

extension FileOperation {
    /// Whether the operation puts bytes into the file.
    @inline(__always)
    fileprivate var writes: Bool {
        switch self {
        case .write, .writeVectored, .append: true
        default: false
        }
    }
}

#endif
