// The limits of the specification, and those that a backend was set up with.

/// What a backend accepts at most.
public struct Limits: BitwiseCopyable, Hashable, Sendable {
    /// The most bytes that one operation moves: 2^30 (clause `result.transfer-limit`).
    public static var maximumTransfer: Int { 1 << 30 }
    /// The most segments of a vectored operation (clause `result.segment-limit`).
    public static var maximumSegments: Int { 1024 }
    /// The most bytes of a path, with its closing zero.
    public static var maximumPathLength: Int { 4096 }
    /// The most operations that any backend can have at once: as many as a token can name.
    public static var maximumOperations: Int { 1 << 20 }

    /// The operations that may be accepted and not yet reaped.
    public var operations: Int
    /// The handles that may be open.
    public var handles: Int

    /// Limits of a backend.
    public init(operations: Int, handles: Int) {
        self.operations = operations
        self.handles = handles
    }
}
