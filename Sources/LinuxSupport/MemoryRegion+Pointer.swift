// From the plain data of an operation to the memory it names.

public import IOSpec

extension MemoryRegion {
    /// The first byte of the region.
    ///
    /// Unsafe because the lender's promise holds only while the operation is in flight; a kernel interface uses it between
    /// `start` and the operation's event.
    ///
    /// - Precondition: the region is not empty.
    @unsafe
    @inlinable
    public var pointer: UnsafeMutableRawPointer {
        unsafe UnsafeMutableRawPointer(bitPattern: address).unsafelyUnwrapped
    }

    /// A value that lies in the region, at any alignment; the conditions are those of ``pointer``.
    ///
    /// - Precondition: the region is large enough, and holds a valid value.
    @unsafe
    @inlinable
    public func load<Value: BitwiseCopyable>(as type: Value.Type) -> Value {
        unsafe pointer.loadUnaligned(as: type)
    }

    /// Writes a value into the region, at any alignment; the conditions are those of ``pointer``.
    ///
    /// - Precondition: the region is large enough.
    @unsafe
    @inlinable
    public func store<Value: BitwiseCopyable>(_ value: Value) {
        unsafe pointer.storeBytes(of: value, as: Value.self)
    }
}

extension PathReference {
    /// The path as C wants it, ended by its zero; the conditions are those of ``MemoryRegion/pointer``.
    @unsafe
    @inlinable
    public var pointer: UnsafePointer<CChar> {
        unsafe UnsafePointer(region.pointer.assumingMemoryBound(to: CChar.self))
    }
}
