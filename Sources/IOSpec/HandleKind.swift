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
    /// Accepts streams, or packets when it was acquired for those.
    case listener
    /// Sends and receives whole messages to and from many peers, unordered.
    case datagram
    /// A connected or connectable order of whole messages in both directions.
    case packets
    /// A process that this one has started.
    case process
    /// Something that the program has from elsewhere, of which only readiness is known.
    case foreign
}
