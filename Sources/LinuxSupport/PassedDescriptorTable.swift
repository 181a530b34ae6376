// The descriptors that messages in flight pass, slot by slot.

public import IOSpec

/// Keeps descriptors of its own for each message that waits to be sent, from its start until it is over or somebody else has it: a program may close what it passes
/// meanwhile, and the number may come to mean another file. Nothing is allocated after it was made.
@safe
public struct PassedDescriptorTable: ~Copyable {
    private let capacity: Int
    // Tells which records are initialized; apart from them, so that slots that are never used take up no memory.
    private let isKept: UnsafeMutablePointer<Bool>
    private let records: UnsafeMutablePointer<PassedDescriptors>

    /// An empty table for slots in `0 ..< operations`.
    public init(operations: Int) {
        capacity = operations
        unsafe isKept = .allocate(capacity: operations)
        unsafe isKept.initialize(repeating: false, count: operations)
        unsafe records = .allocate(capacity: operations)
    }

    deinit {
        unsafe isKept.deallocate()
        unsafe records.deallocate()
    }

    /// What is kept for a slot, or nil.
    public func descriptors(of slot: UInt32) -> PassedDescriptors? {
        guard slot < capacity, unsafe isKept[Int(slot)] else { return nil }
        return unsafe records[Int(slot)]
    }

    /// Keeps further descriptors of what `descriptors` refer to.
    ///
    /// - Precondition: nothing is kept for the slot.
    /// - Throws: `.tooManyOpen`; nothing is kept then.
    public mutating func keep(duplicatesOf descriptors: PassedDescriptors, for slot: UInt32) throws(IOError) {
        precondition(slot < capacity, "The slot lies outside the table's configuration")
        if descriptors.count == 0 { return }
        unsafe (records + Int(slot)).initialize(to: try descriptors.duplicated())
        unsafe isKept[Int(slot)] = true
    }

    /// Closes what is kept for a slot, if anything is.
    public mutating func release(_ slot: UInt32) {
        guard let descriptors = descriptors(of: slot) else { return }
        descriptors.close()
        unsafe isKept[Int(slot)] = false
    }

    /// Hands over what is kept for a slot, to be closed by whoever takes it.
    public mutating func take(_ slot: UInt32) -> PassedDescriptors {
        guard let descriptors = descriptors(of: slot) else { return .none }
        unsafe isKept[Int(slot)] = false
        return descriptors
    }

    // MARK: Attempts

    /// The first try at a message that passes `others`. Descriptors of our own are kept only when it has to wait.
    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, passing others: Span<NativeHandle>)
        -> AttemptOutcome
    {
        let descriptors = PassedDescriptors(others)
        let outcome = Attempt.start(operation, on: handle, passing: descriptors)
        if case .finished = outcome { return outcome }
        do throws(IOError) { try keep(duplicatesOf: descriptors, for: slot) } catch { return .finished(error.encoded) }
        return outcome
    }

    /// Another try at any operation, with what is kept for it; it is kept as long as the operation waits.
    public mutating func resume(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> AttemptOutcome {
        let outcome = Attempt.resume(operation, on: handle, passing: descriptors(of: slot))
        if case .finished = outcome { release(slot) }
        return outcome
    }
}
