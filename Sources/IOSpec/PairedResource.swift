// What a program acquires as two handles.

/// Something that is acquired as two handles, in the boot phase.
public enum PairedResource: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// Two streams connected to each other.
    case streams
    /// A pipe: the first handle is read, the second is written.
    case pipe
    /// Two handles for datagrams, connected to each other.
    case datagrams
    /// Two handles for packets, connected to each other.
    case packets
}
