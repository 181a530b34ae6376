// What goes wrong in a simulation.

/// Faults that come by chance, and those that are planned. A step is one turn of a program, one time that it asks without waiting, or one time that all of them
/// wait; where a range is given, the seed chooses within it.
public struct FaultPlan: Sendable {
    /// A host that loses everything but its storage, of which it may lose what was not synchronized.
    public struct Crash: Sendable {
        let host: String
        let step: ClosedRange<Int>
        let restart: ClosedRange<Int64>?

        /// Crashes `host` at a step, unless the run is over before. Its programs boot again after as many nanoseconds as `restart` says; never without it.
        public init(of host: String, at step: ClosedRange<Int>, restartingAfter restart: ClosedRange<Int64>?) {
            self.host = host
            self.step = step
            self.restart = restart
        }
    }

    /// Two hosts that do not hear of each other for a time: datagrams are lost, and what streams carry arrives afterwards.
    public struct Partition: Sendable {
        let first: String
        let second: String
        let step: ClosedRange<Int>
        let duration: ClosedRange<Int64>

        /// Parts two hosts at a step, for as many nanoseconds as `duration` says.
        public init(between first: String, and second: String, at step: ClosedRange<Int>, lasting duration: ClosedRange<Int64>) {
            self.first = first
            self.second = second
            self.step = step
            self.duration = duration
        }
    }

    /// What comes by chance.
    public var rates = FaultRates()
    /// The crashes.
    public var crashes: [Crash] = []
    /// The partitions.
    public var partitions: [Partition] = []

    /// Nothing goes wrong.
    public init() {}
}
