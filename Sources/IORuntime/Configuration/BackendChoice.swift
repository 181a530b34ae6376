// Which backend a program wants.

import BackendEpoll
import BackendSimulated
import IOEngine
public import IOSpec
import LinuxSupport

#if AIO
import BackendAIO
#endif
#if URing
import BackendURing
#endif

/// The backend of a program's loops.
///
/// ``automatic`` falls back from one to the next for any reason; one that is asked for by name never does: where it cannot be had, the runtime does not start, and says why.
public struct BackendChoice: Sendable {
    typealias Make = @Sendable (BackendConfiguration) throws(Unavailability) -> LoopDriver

    /// One way to serve a loop.
    struct Candidate: Sendable {
        let name: String
        let make: Make
    }

    /// The name by which it is chosen in the environment and in configurations.
    public let name: String
    /// Makes what is tried, in order: once for each runtime, so that the loops of one runtime have a simulated world in common, and two runtimes have none.
    let makeCandidates: @Sendable () -> [Candidate]

    private init(_ name: String, _ makeCandidates: @autoclosure @escaping @Sendable () -> [Candidate]) {
        self.name = name
        self.makeCandidates = makeCandidates
    }

    /// The first of io_uring and epoll that can be had.
    public static let automatic = BackendChoice("automatic", [.uring, engine(over: Epoll.self)])

    /// io_uring.
    public static let uring = BackendChoice("uring", [.uring])

    /// Linux AIO.
    public static let aio = BackendChoice("aio", [.aio])

    /// epoll.
    public static let epoll = BackendChoice("epoll", [engine(over: Epoll.self)])

    /// No kernel at all: a world in memory, whose every choice follows from a seed. Each runtime has a world of its own, and no part in the system's files and networks.
    public static func simulated(seed: UInt64) -> BackendChoice {
        BackendChoice("simulated", [simulated(in: .forThreads(seed: seed))])
    }

    private static func simulated(in world: SimulatedWorld) -> Candidate {
        Candidate(name: Simulated.name) { (configuration) throws(Unavailability) in
            LoopDriver(try IOEngine(configuration: configuration, on: world.firstHost)) { world.now }
        }
    }

    /// A backend that somebody else made, and how its clock is read from any thread: without `clock` it is the system's monotonic clock.
    public static func custom<Backend: IOBackend & ~Copyable & SendableMetatype>(
        _ name: String, clock: (@Sendable () -> Instant)? = nil,
        make: @escaping @Sendable (BackendConfiguration) throws(Unavailability) -> Backend
    ) -> BackendChoice {
        let clock = clock ?? { MonotonicClock.now }
        return BackendChoice(
            name, [Candidate(name: name) { (configuration) throws(Unavailability) in LoopDriver(try make(configuration), clock: clock) }])
    }

    /// The engine over a kernel interface that somebody else made.
    public static func custom<Kernel: KernelInterface & ~Copyable & SendableMetatype>(_ kernel: Kernel.Type) -> BackendChoice {
        BackendChoice(Kernel.name, [engine(over: kernel)])
    }

    /// The choice of that name, or nil when there is none.
    public init?(named name: String) {
        switch name {
        case "automatic": self = .automatic
        case "uring": self = .uring
        case "aio": self = .aio
        case "epoll": self = .epoll
        case "simulated": self = .simulated(seed: 0)
        default: return nil
        }
    }

    /// The names that can be chosen.
    public static var names: [String] { ["automatic", "uring", "aio", "epoll", "simulated"] }

    private static func engine<Kernel: KernelInterface & ~Copyable & SendableMetatype>(over kernel: Kernel.Type) -> Candidate {
        Candidate(name: Kernel.name) { (configuration) throws(Unavailability) in
            LoopDriver(try IOEngine<Kernel>(configuration: configuration))
        }
    }
}

extension BackendChoice.Candidate {
    fileprivate static var uring: Self {
        #if URing
        Self(name: URing.name) { (configuration) throws(Unavailability) in LoopDriver(try IOEngine<URing>(configuration: configuration))
        }
        #else
        leftOut("uring", trait: "URing")
        #endif
    }

    fileprivate static var aio: Self {
        #if AIO
        Self(name: AIO.name) { (configuration) throws(Unavailability) in LoopDriver(try IOEngine<AIO>(configuration: configuration)) }
        #else
        leftOut("aio", trait: "AIO")
        #endif
    }

    private static func leftOut(_ name: String, trait: String) -> Self {
        Self(name: name) { (_) throws(Unavailability) in
            throw Unavailability(.missing, subject: "the backend \(name)", remedy: "build with the package trait \(trait)")
        }
    }
}
