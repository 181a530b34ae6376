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

    /// The first try at an operation that names `others`: a message that passes them, or one that acts on two handles.
    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>)
        -> AttemptOutcome
    {
        if case .message = operation { return passed.start(slot, operation, on: handle, passing: others) }
        return Attempt.start(operation, on: handle, and: others[0])
    }

    /// Another try, with what is kept for it; that is kept as long as the operation waits.
    public mutating func resume(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none)
        -> AttemptOutcome
    {
        switch operation {
        case .message: passed.resume(slot, operation, on: handle)
        case .stream(.receiveMultishot): Attempt.resume(operation, on: handle, takingFrom: &pools)
        default: Attempt.resume(operation, on: handle, and: other)
        }
    }

    /// Lets go of what is kept for an operation that is not tried again.
    public mutating func release(_ slot: UInt32) { passed.release(slot) }

    /// Hands over what is kept for an operation that a worker goes on with.
    public mutating func take(_ slot: UInt32) -> PassedDescriptors { passed.take(slot) }
}

extension Operation {
    /// The second handle that it acts on, `among` those that it names; none when it only passes them.
    public func other(among others: Span<NativeHandle>) -> NativeHandle { secondHandle == nil ? .none : others[0] }
}
