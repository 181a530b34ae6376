// Starting an operation: the kernel does it, or it is tried, and then someone has to wait for it.

#if AIO

import CLinuxIO
public import IOSpec
import LinuxSupport

extension AIO {
    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        if case .file(let operation) = operation, isNative(operation, on: handle), let request = Request(operation, on: handle) {
            inFlight[slot] = InFlightTable.Record(operation: .file(operation), handle: handle, stage: .native)
            context.append(request, slot: slot)
            return .pending
        }
        return follow(attempts.start(operation, on: handle), slot, operation, on: handle)
    }

    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>)
        -> StartOutcome
    {
        if case .message = operation {
            return follow(attempts.start(slot, operation, on: handle, passing: others), slot, operation, on: handle)
        }
        guard case .path = operation else { return .finished(IOError(.unsupported).encoded) }
        inFlight[slot] = InFlightTable.Record(operation: operation, handle: handle, stage: .worker)
        pool.submit(slot, operation, on: handle, and: others[0])
        return .pending
    }

    private mutating func follow(_ outcome: AttemptOutcome, _ slot: UInt32, _ operation: Operation, on handle: NativeHandle)
        -> StartOutcome
    {
        switch outcome {
        case .finished(let result, let made):
            return .finished(result: result, made: made)
        case .wouldBlock(let direction):
            awaitReadiness(slot, operation, on: handle, direction)
        case .blocks(let bounded):
            startOnWorker(slot, operation, on: handle, bounded: bounded)
        }
        return .pending
    }

    // MARK: The kernel

    /// Whether the kernel's interface does the operation without waiting in `io_submit`: it waits for whatever goes through the page cache.
    private func isNative(_ operation: FileOperation, on handle: NativeHandle) -> Bool {
        switch operation {
        case .synchronize, .synchronizeData: synchronizes
        case .read, .readVectored: handle.traits.contains(.direct)
        case .write, .writeVectored, .append: handle.traits.contains(.direct) && !isSizeLimited
        default: false
        }
    }

    // MARK: Readiness

    /// Lets an operation wait for its descriptor. The kernel looks while the poll is submitted, so nothing is missed between the try and the wait.
    mutating func awaitReadiness(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, _ direction: Direction) {
        inFlight[slot] = InFlightTable.Record(operation: operation, handle: handle, stage: .polling)
        context.append(.poll(handle.number, direction), slot: slot)
    }

    // MARK: Workers

    mutating func startOnWorker(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, bounded: Bool) {
        if case .path = operation { isSizeLimited = FileSizeLimit.isSet }
        inFlight[slot] = InFlightTable.Record(operation: operation, handle: handle, stage: .worker)
        pool.submit(slot, operation, on: handle, bounded: bounded)
    }
}

#endif
