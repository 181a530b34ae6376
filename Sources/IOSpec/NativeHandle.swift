// What the engine hands to a kernel interface instead of a handle.

/// A handle as the kernel knows it, with what the engine knows of it.
public struct NativeHandle: BitwiseCopyable, Hashable, Sendable {
    /// The kernel's number.
    public var number: Int32
    /// The kind.
    public var kind: HandleKind
    /// The access and modes.
    public var traits: HandleTraits
    /// What direct transfers must be aligned to, of a file that was opened for them.
    public var alignment: DirectAlignment

    /// Describes the kernel's `number`.
    @inlinable
    public init(number: Int32, kind: HandleKind, traits: HandleTraits, alignment: DirectAlignment = .none) {
        self.number = number
        self.kind = kind
        self.traits = traits
        self.alignment = alignment
    }

    /// For operations that have no handle.
    @inlinable
    public static var none: NativeHandle { NativeHandle(number: -1, kind: .file, traits: []) }
}
