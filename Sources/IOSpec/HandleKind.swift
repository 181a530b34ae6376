// What a handle refers to, as far as operations differ.

/// The kind of thing behind a handle; it decides which operations are meaningful (clause `handle.wrong-kind`).
public enum HandleKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// Has a size and positions: positional operations.
    case file
    /// Holds names: path operations begin here.
    case directory
    /// A connected or connectable byte stream in both directions.
    case stream
    /// One end of a pipe: a byte stream in one direction.
    case pipe
    /// Accepts streams.
    case listener
}
