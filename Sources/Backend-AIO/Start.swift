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
        if case .control(.close) = operation { watches.forget(handle.number) }
        return switch operation {
        case .watch(.readiness(_, let asked)): startWatch(slot, operation, asked, on: handle)
        case .watch(.readinessMultishot(_, let asked)): startLastingWatch(slot, operation, asked, isMultishot: true, on: handle)
        default: follow(attempts.start(operation, on: handle), slot, operation, on: handle)
        }
    }

    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>)
        -> StartOutcome
    {
        follow(
            attempts.start(slot, operation, on: handle, and: others), slot, operation, on: handle, and: operation.other(among: others))
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
    public mutating func awaitReadiness(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle, _ direction: Direction
    ) -> StartOutcome {
        inFlight[slot] = InFlightTable.Record(operation: operation, handle: handle, other: other, stage: .polling)
        context.append(.poll(handle.awaited(direction, with: other).number, direction), slot: slot)
        return .pending
    }

    // MARK: Workers

    public mutating func startOnWorker(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle, bounded: Bool
    ) {
        if case .path = operation { isSizeLimited = FileSizeLimit.isSet }
        inFlight[slot] = InFlightTable.Record(operation: operation, handle: handle, stage: .worker)
        pool.submit(slot, operation, on: handle, and: other, passing: attempts.take(slot), bounded: bounded)
    }
}

#endif
