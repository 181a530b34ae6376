// What kernel interfaces have in common that try an operation first: who goes on with it when it would wait.

public import IOSpec

/// A kernel interface that makes every try through ``Attempts``, waits for readiness itself, and has workers for the rest.
public protocol TryingKernelInterface: ~Copyable, LinuxKernelInterface {
    /// Lets an operation wait until its handle, or the `other` of two, is ready in `direction`, and tries it again then.
    mutating func awaitReadiness(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle, _ direction: Direction
    ) -> StartOutcome

    /// Leaves an operation to a worker, with what is kept for it; `bounded` as in ``WorkerPool``.
    mutating func startOnWorker(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle, bounded: Bool)
}

extension TryingKernelInterface where Self: ~Copyable {
    /// What becomes of an operation after a try.
    @inlinable
    public mutating func follow(
        _ outcome: AttemptOutcome, _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none
    ) -> StartOutcome {
        switch outcome {
        case .finished(let result, let made):
            return .finished(result: result, made: made)
        case .wouldBlock(let direction):
            return awaitReadiness(slot, operation, on: handle, and: other, direction)
        case .blocks(let bounded):
            startOnWorker(slot, operation, on: handle, and: other, bounded: bounded)
            return .pending
        }
    }
}
