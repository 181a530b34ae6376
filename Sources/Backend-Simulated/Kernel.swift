// The simulated backend: a kernel interface with no kernel underneath.

public import IOSpec

/// A kernel interface whose files, networks, peers and clock are all in memory, and whose every choice follows from a seed.
///
/// Any number of them live in one ``SimulatedWorld``, as programs of its hosts. The state is in a ``Station``; this type only takes the world's lock.
public struct Simulated: ~Copyable, KernelInterface {
    public static var name: String { "simulated" }

    let station: Station
    /// Kept for the station, which does not.
    private let world: SimulatedWorld

    /// Sets up a program of the shared world's first host, so that backends that are made one by one meet each other.
    public init(configuration: BackendConfiguration) throws(Unavailability) {
        self.init(configuration: configuration, on: SimulatedWorld.shared.firstHost)
    }

    /// Sets up a program of `host`.
    public init(configuration: BackendConfiguration, on host: SimulatedHost) {
        self.init(Station(configuration: configuration, host: host))
    }

    /// Sets up the program that `station` is the kernel's side of.
    init(_ station: Station) {
        self.station = station
        world = station.world
        station.world.exclusively {
            station.world.stations += 1
            station.host.stations.append(station)
        }
    }

    deinit {
        station.world.exclusively {
            station.end()
            station.world.stations -= 1
            station.host.stations.removeAll { $0 === station }
        }
    }

    public var capabilities: Capabilities {
        [
            .files, .directFiles, .internetStreams, .localStreams, .abstractNames, .pipes, .namedPipes, .internetDatagrams, .localMessages,
            .passesHandles, .locks, .splicing,
        ]
    }

    public var features: [KernelFeature] { [] }

    public func mechanism(of kind: OperationKind) -> Mechanism {
        kind == .processEnd ? .unsupported : .native
    }

    /// Ends the wait from any thread. Whoever has it may be one, so that from now on a world that is open to the outside keeps to real time.
    public var waker: SimulatedWaker {
        station.world.exclusively {
            station.world.hasOutsiders = true
            return SimulatedWaker(station: station)
        }
    }

    /// Asking takes a moment, so that a program gets on that does nothing but ask.
    public var now: Instant {
        station.world.exclusively {
            station.world.tick()
            return station.world.present
        }
    }

    public mutating func acquire(_ resource: Resource) throws(IOError) -> NativeHandle {
        try station.world.exclusively { () throws(IOError) in try station.acquire(resource) }
    }

    public mutating func acquire(pair: PairedResource) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        try station.world.exclusively { () throws(IOError) in try station.acquire(pair: pair) }
    }

    public func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        try station.world.exclusively { () throws(IOError) in try station.localAddress(of: handle) }
    }

    public func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        try station.world.exclusively { () throws(IOError) in try station.peerAddress(of: handle) }
    }

    public mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {
        station.world.exclusively { station.pools.append(FreeBuffers(memory, each: size)) }
    }

    public mutating func giveBack(_ index: Int, to pool: BufferPool) {
        station.world.exclusively { station.pools[Int(pool.index)].give(index) }
    }

    public mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism { .emulated }

    public mutating func register(_ handle: inout NativeHandle) throws(IOError) -> Mechanism { .emulated }

    public mutating func discard(_ handle: NativeHandle) {
        station.world.exclusively { station.close(handle) }
    }
}
