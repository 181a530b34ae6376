// Starting an operation: try it, and see who has to wait for it.

import CLinuxIO
public import IOSpec
import LinuxSupport

extension Epoll {
    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        if case .control(.close) = operation { deregister(handle.number) }
        return switch operation {
        case .watch(.readiness(_, let asked)): startWatch(slot, asked, isMultishot: false, on: handle)
        case .watch(.readinessMultishot(_, let asked)): startWatch(slot, asked, isMultishot: true, on: handle)
        default: follow(attempts.start(operation, on: handle), slot, operation, on: handle)
        }
    }

    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>)
        -> StartOutcome
    {
        follow(
            attempts.start(slot, operation, on: handle, and: others), slot, operation, on: handle, and: operation.other(among: others))
    }

    public mutating func startOnWorker(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle, bounded: Bool
    ) {
        pool.submit(slot, operation, on: handle, and: other, passing: attempts.take(slot), bounded: bounded)
    }

    // A descriptor is registered with the first operation that has to wait, and stays so until it is closed. The kernel reports what
    // is ready while registering, and every change afterwards, so nothing is missed between the try and the wait.
    public mutating func awaitReadiness(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle, _ direction: Direction
    ) -> StartOutcome {
        let descriptor = handle.awaited(direction, with: other).number
        if !waiting.isRegistered(descriptor) {
            let result = instance.add(descriptor, key: waiting.register(descriptor))
            if result < 0 {
                waiting.unregister(descriptor)
                attempts.release(slot)
                return .finished(Self.registrationError(errno: -result).encoded)
            }
        }
        waiting.await(slot, operation, on: handle, and: other, direction)
        return .pending
    }

    // Here no space means the limit of registrations (fs.epoll.max_user_watches), and not permitted a device without readiness.
    private static func registrationError(errno: Int32) -> IOError {
        switch errno {
        case ENOSPC: IOError(.outOfResources, detail: UInt16(ENOSPC))
        case EPERM: IOError(.unsupported, detail: UInt16(EPERM))
        default: IOError(errno: errno)
        }
    }
}
