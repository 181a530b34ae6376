// What a program acquires as two handles.

/// Something that is acquired as two handles, in the boot phase.
public enum PairedResource: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// Two streams connected to each other.
    case streams
    /// A pipe: the first handle is read, the second is written.
    case pipe
}
