// Everything that one simulation consists of: hosts, a clock, an agenda, and one source of chance.

public import IOSpec
import Synchronization

/// A world of hosts whose every choice follows from its seed.
///
/// All state below a world belongs to whoever holds its lock. Virtual time goes on only when every backend that waits has nothing left to do. When something outside
/// the world can have a part in it (another thread that uses a waker, a peer or a backend of its own), time goes on as the outside says: see ``open(to:)``.
@safe
public final class SimulatedWorld: @unchecked Sendable {
    /// The world of backends that are made without naming a host.
    public static let shared = SimulatedWorld(seed: 0)

    /// What every choice follows from.
    public let seed: UInt64
    /// How the world behaves.
    public let settings: SimulationSettings
    /// The host that backends belong to which name none. A host lives as long as its world, which whoever has the host must keep.
    public var firstHost: SimulatedHost { exclusively { hosts[0] } }

    var chance: SeededRandom
    var agenda = Agenda()
    var hosts: [SimulatedHost] = []
    var partings: [Parting] = []
    /// The present, in virtual time.
    var present = Instant(nanoseconds: 1_000_000_000)
    /// The programs that live.
    var stations = 0
    /// Whether somebody holds a waker or is a peer, so that threads may be about.
    var hasOutsiders = false
    var outside: Outside?
    /// When virtual time last followed real time, in real time.
    var realTime: Int64?
    /// A digest of everything that was told to any program, in order.
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325

    private var identities: UInt64 = 0
    private let isTaken = Atomic<Bool>(false)

    /// A world with one host.
    public convenience init(seed: UInt64, settings: SimulationSettings = SimulationSettings()) {
        self.init(seed: seed, settings: settings, firstHost: "host")
    }

    init(seed: UInt64, settings: SimulationSettings, firstHost name: String) {
        self.seed = seed
        self.settings = settings
        chance = SeededRandom(seed: seed)
        makeHost(named: name)
    }

    /// Adds a host.
    @discardableResult
    public func makeHost(named name: String) -> SimulatedHost {
        exclusively {
            let host = SimulatedHost(name: name, index: hosts.count, world: self)
            hosts.append(host)
            return host
        }
    }

    /// Digests what result of which operation every program was told so far, when, and with which bytes: two runs of one seed give the same.
    public var traceDigest: UInt64 { exclusively { digest } }

    /// The present, in virtual time, from any thread.
    public var now: Instant { exclusively { present } }

    // MARK: The lock

    // A lock that spins: there is no kernel here that one could sleep in, and what is done under it is short.
    func acquire() {
        while isTaken.exchange(true, ordering: .acquiring) {}
    }

    func release() {
        isTaken.store(false, ordering: .releasing)
    }

    func exclusively<Result: ~Copyable, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        acquire()
        defer { release() }
        return try body()
    }

    // MARK: Chance and time, with the lock held

    /// Puts an action on the agenda. What is due at the same time is done in an order that chance chooses.
    func schedule(_ action: Agenda.Action, after nanoseconds: Int64) {
        agenda.insert(action, at: present.advanced(byNanoseconds: nanoseconds), tie: chance.next())
    }

    /// Does everything that is due.
    func runDue() {
        while let action = agenda.popDue(at: present) {
            switch action {
            case .attempt(let station, let slot, let serial): station.attempt(slot, serial: serial)
            case .run(let body): body()
            }
        }
    }

    /// Nothing that was going to happen happens any more.
    func forgetWhatIsDue() {
        agenda = Agenda()
        partings = []
    }

    /// The time that one turn takes, so that a program that never waits gets on, too.
    func tick() {
        present = present.advanced(byNanoseconds: settings.turn)
    }

    /// A number that nothing in the world was known by before.
    func nextIdentity() -> UInt64 {
        identities += 1
        return identities
    }

    /// Calendar time, in nanoseconds since the start of 1970.
    var calendarTime: Int64 { 1_800_000_000_000_000_000 + present.nanoseconds }
}
