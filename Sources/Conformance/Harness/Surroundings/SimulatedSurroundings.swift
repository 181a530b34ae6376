// A simulated host, and the backends on it.

import BackendSimulated
import CLinuxIO
import Glibc
import IOEngine
import IOSpec
import Synchronization

/// What the simulated backend lives in: the first host of a world, which is made when it is first used.
struct SimulatedSurroundings: Surroundings {
    private let makeWorld: @Sendable () -> SimulatedWorld
    private static let count = Atomic<Int>(0)

    init(world: @autoclosure @escaping @Sendable () -> SimulatedWorld) {
        makeWorld = world
    }

    var world: SimulatedWorld { makeWorld() }

    func makeScratchDirectory() throws -> any ScratchPlace {
        let path = "/scratch-\(Self.count.wrappingAdd(1, ordering: .relaxed).newValue)"
        try makeDirectory(at: path)
        return SimulatedScratch(path: path, world: world)
    }
}

private final class SimulatedScratch: ScratchPlace {
    let path: String
    private let world: SimulatedWorld

    init(path: String, world: SimulatedWorld) {
        self.path = path
        self.world = world
    }

    // As in the system's own, what cannot be removed is left.
    deinit { try? world.firstHost.remove(at: path) }
}

extension SimulatedWorld {
    /// The shared world, open to the threads of the suite, which have a part in it: real time does, too.
    fileprivate static let opened: SimulatedWorld = {
        shared.open(
            to: Outside(
                now: { linuxio_monotonic_nanoseconds() },
                pause: { nanoseconds in
                    var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
                    unsafe nanosleep(&time, nil)
                }))
        return shared
    }()
}

extension BackendFactory {
    /// The simulated backend, on the first host of the shared world, which exists only where such a backend is made.
    public static let simulated = BackendFactory.engine(Simulated.self, preparing: { _ = SimulatedWorld.opened })
        .surrounded(by: SimulatedSurroundings(world: .opened))

    /// The simulated backend, on the first host of a world of one's own, in which everything follows from its seed.
    static func simulated(in world: SimulatedWorld) -> BackendFactory {
        BackendFactory(engineOver: { (configuration) throws(Unavailability) in Simulated(configuration: configuration, on: world.firstHost)
        })
        .surrounded(by: SimulatedSurroundings(world: world))
    }
}
