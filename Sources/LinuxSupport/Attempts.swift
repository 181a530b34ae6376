// Tries at operations, with what they take or keep besides the memory that they name.

public import IOSpec

/// The free buffers of pools, and the descriptors that waiting messages pass: a readiness backend makes every try through this.
public struct Attempts: ~Copyable {
    /// What receives of several shots take their buffers from.
    public var pools = BufferPools()
    private var passed: PassedDescriptorTable

    /// Nothing taken and nothing kept, for slots in `0 ..< operations`.
    public init(operations: Int) {
        passed = PassedDescriptorTable(operations: operations)
    }

    /// The first try.
    public mutating func start(_ operation: Operation, on handle: NativeHandle) -> AttemptOutcome {
        Attempt.start(operation, on: handle, takingFrom: &pools)
    }

    /// The first try at a message that passes `others`.
    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, passing others: Span<NativeHandle>)
        -> AttemptOutcome
    {
        passed.start(slot, operation, on: handle, passing: others)
    }

    /// Another try, with what is kept for it; that is kept as long as the operation waits for readiness.
    public mutating func resume(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> AttemptOutcome {
        if case .message = operation { return passed.resume(slot, operation, on: handle) }
        return Attempt.resume(operation, on: handle, takingFrom: &pools)
    }

    /// Lets go of what is kept for an operation that is not tried again.
    public mutating func release(_ slot: UInt32) { passed.release(slot) }
}
