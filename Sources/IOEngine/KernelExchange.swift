// The memory that the engine and a kernel interface tell each other things in.

public import IOSpec

/// Room for the events of one wait, and for the other handles of one start.
///
/// A type with an end of its own, as the engine's tables: the compiler leaves out the `deinit` of the generic type that holds it.
@safe
@usableFromInline struct KernelExchange: ~Copyable {
    @usableFromInline let events: UnsafeMutableBufferPointer<KernelEvent>
    /// Where the kernel interface sees the other handles that an operation names, while it starts it.
    @usableFromInline let lent: UnsafeMutableBufferPointer<NativeHandle>

    @inlinable init() {
        unsafe events = .allocate(capacity: 256)
        unsafe lent = .allocate(capacity: Message.maximumHandles)
        unsafe lent.initialize(repeating: .none)
    }

    @inlinable deinit {
        // Sound: both element types are trivial, and neither a wait nor a start is under way.
        unsafe events.deallocate()
        unsafe lent.deallocate()
    }
}
