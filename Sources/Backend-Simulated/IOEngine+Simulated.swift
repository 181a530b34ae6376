// The engine over a simulated kernel of a world of one's own.

public import IOEngine
public import IOSpec

extension IOEngine where Kernel == Simulated {
    /// The backend of a new program of `host`.
    public init(configuration: BackendConfiguration = BackendConfiguration(), on host: SimulatedHost) throws(Unavailability) {
        try self.init(configuration: configuration, faults: []) { Simulated(configuration: $0, on: host) }
    }
}
