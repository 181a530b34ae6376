// How a world behaves, apart from its seed.

/// Latencies and faults; the defaults are a fast machine on which nothing fails.
public struct SimulationSettings: Sendable {
    /// How long a kernel takes before it looks at an operation, in nanoseconds.
    public var latency: ClosedRange<Int64> = 0...20_000
    /// How long something is on its way from one host to another, in nanoseconds.
    public var network: ClosedRange<Int64> = 20_000...200_000
    /// How long a turn of a program takes, in nanoseconds.
    public var turn: Int64 = 200
    /// The bytes of a file system, and its files and directories.
    public var storageBytes = 1 << 34
    /// The bytes of one file.
    public var fileBytes: Int64 = 1 << 44
    /// The handles of one program.
    public var handles = 1 << 20
    /// What goes wrong by chance.
    public var rates = FaultRates()

    /// The defaults.
    public init() {}
}
