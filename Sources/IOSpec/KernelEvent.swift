// What a kernel interface tells the engine: one started operation is over.

/// The end of what was started in a slot.
public struct KernelEvent: BitwiseCopyable, Hashable, Sendable {
    /// The slot that `start` was given.
    public var slot: UInt32
    /// The bytes that were moved, even if short; 0; the kernel's number of the handle that was made; or an encoded ``IOError``.
    public var result: Int32
    /// What was made, when a handle was made.
    public var made: HandleKind
    /// Whether the kernel goes on by itself, and further events of the same start follow. Only of multishot operations.
    public var hasMore: Bool
    /// What direct transfers must be aligned to, when a file was opened for them.
    public var alignment: DirectAlignment

    /// The end of what was started in `slot`, unless it `hasMore`.
    @inlinable
    public init(slot: UInt32, result: Int32, made: HandleKind = .file, hasMore: Bool = false, alignment: DirectAlignment = .none) {
        self.slot = slot
        self.result = result
        self.made = made
        self.hasMore = hasMore
        self.alignment = alignment
    }
}
