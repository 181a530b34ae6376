// A run of programs on the hosts of one world.

public import IOEngine
public import IOSpec

/// Programs, and the chance that decides which of them is next.
///
/// A program may be written in turns: each reaps once, looks at what came, perhaps nothing, and returns. Or straight on: it submits, and reaps until that is over. While it
/// waits in the middle of its turn only services have theirs, so that programs that others wait for are services, and services are written in turns.
public final class Simulation {
    /// The world.
    public let world: SimulatedWorld
    /// The steps so far.
    public private(set) var steps = 0

    private var programs: [SimulatedProgram] = []
    private var checks: [() throws -> Void] = []
    private var faults: [PlannedFault]
    private let limit: Int
    private var failure: SimulationFailure?
    /// The programs that are in a turn, the innermost last.
    private var inTurn: [SimulatedProgram] = []

    init(seed: UInt64, hosts: [String], faults plan: FaultPlan, settings: SimulationSettings, limit: Int) {
        precondition(!hosts.isEmpty, "A simulation needs a host")
        var settings = settings
        settings.rates = plan.rates
        world = SimulatedWorld(seed: seed, settings: settings, firstHost: hosts[0])
        for name in hosts.dropFirst() { world.makeHost(named: name) }
        faults = plan.choose(by: &world.chance)
        self.limit = limit
    }

    // MARK: Setting up

    /// The host of that name.
    ///
    /// - Precondition: there is one.
    public func host(_ name: String) -> SimulatedHost {
        guard let host = world.hosts.first(where: { $0.name == name }) else {
            preconditionFailure("The simulation has no host “\(name)”; it has \(world.hosts.map(\.name).joined(separator: ", "))")
        }
        return host
    }

    /// Adds a program.
    ///
    /// The run goes on until every program is over that is no service. `boot` is called when the program's first turn comes, and again whenever its host has crashed; it gets a
    /// new backend, and returns what is done in each turn. When the host crashes in the middle of a turn, operations fail with `.noDevice`, and what the program throws then counts
    /// for nothing; anything else that it throws fails the run.
    public func start(
        _ name: String, on host: String, isService: Bool = false, configuration: BackendConfiguration = BackendConfiguration(),
        boot: @escaping (consuming IOEngine<Simulated>) throws -> () throws -> ProgramTurn
    ) {
        programs.append(SimulatedProgram(name, on: self.host(host), isService: isService, configuration, boot: boot))
    }

    /// Has something looked at when the run is over; what it throws fails the run.
    public func atEnd(_ check: @escaping () throws -> Void) {
        checks.append(check)
    }

    /// A number that the seed decides, for what programs do by chance.
    public func number(in range: ClosedRange<Int64>) -> Int64 {
        world.exclusively { world.chance.number(in: range) }
    }

    // MARK: Running

    func run() throws(SimulationFailure) {
        defer {
            programs.forEach { $0.drop() }
            // What nobody waits for any more would keep the world alive.
            world.exclusively { world.forgetWhatIsDue() }
        }
        while failure == nil, programs.contains(where: \.keepsRunning) { step() }
        if failure == nil { look() }
        if let failure { throw failure }
    }

    private func look() {
        for check in checks {
            do { try check() } catch { return fail("at the end: \(error)") }
        }
    }

    /// Has one program have a turn that is not in one, or lets time go on to where there is something to do.
    private func step() {
        guard mayStep() else { return }
        if let innermost = inTurn.last, innermost.wakes <= world.present { return }
        steps += 1
        if !turnOfAny() { letTimeGoOn() }
    }

    /// Has one other program have a turn, if there is something to do for any, while the innermost only asks and does not wait.
    func poll() {
        guard mayStep() else { return }
        steps += 1
        _ = turnOfAny()
    }

    /// Has everything happen that is due; false when the run has taken too many steps.
    private func mayStep() -> Bool {
        if steps >= limit {
            fail("it is not over after \(limit) steps")
            return false
        }
        meetPlannedFaults()
        world.exclusively { world.runDue() }
        return true
    }

    /// Has a program have a turn for which there is something to do, and that chance chooses; false when there is none.
    private func turnOfAny() -> Bool {
        let ready = programs.filter { !$0.isInTurn && (inTurn.isEmpty || $0.isService) && $0.wakes <= world.present }
        if ready.isEmpty { return false }
        turn(ready[world.exclusively { world.chance.index(below: ready.count) }])
        return true
    }

    private func turn(_ program: SimulatedProgram) {
        inTurn.append(program)
        do { try program.turn(in: self) } catch { fail("\(program.name): \(error)") }
        inTurn.removeLast()
    }

    /// Programs for which there is something to do already have to wait for the innermost.
    private func letTimeGoOn() {
        let next = programs.lazy.map(\.wakes).filter { $0 > self.world.present }.reduce(world.agenda.earliest, min)
        if next != .never { return world.exclusively { world.present = next } }
        if inTurn.dropLast().contains(where: { $0.wakes <= world.present }) {
            return fail("\(inTurn.map(\.name).joined(separator: " and ")) wait for each other in the middle of their turns")
        }
        if faults.isEmpty { return fail("nothing can happen any more: \(descriptionOfWaiting)") }
        meet(faults.removeFirst())
    }

    private var descriptionOfWaiting: String {
        programs.compactMap { program in program.station.map { "\(program.name) waits for \($0.inFlight.count) operations" } }
            .joined(separator: ", ")
    }

    private func fail(_ reason: String) {
        if failure != nil { return }
        failure = SimulationFailure(seed: world.seed, step: steps, digest: world.traceDigest, reason: reason)
        // Whoever is in a turn gets out of it by the failure of whatever it does.
        world.exclusively { inTurn.forEach { $0.station?.crash() } }
    }

    // MARK: Waiting

    /// Lets the others go on until there is something for `station`, whose program is the innermost in a turn.
    ///
    /// - Returns: false when there is not, since the program is to end its turn. That is asked for once in a turn: one that waits again is written straight on.
    func rest(_ station: Station, until deadline: Instant) -> Bool {
        guard let program = inTurn.last else { return true }
        station.restsUntil = deadline
        if station.wakes > world.present, program.mayEndTurn {
            program.mayEndTurn = false
            return false
        }
        while station.wakes > world.present { step() }
        station.restsUntil = .distantPast
        return true
    }

    // MARK: Planned faults

    private func meetPlannedFaults() {
        while let fault = faults.first, fault.step <= steps {
            faults.removeFirst()
            meet(fault)
        }
    }

    private func meet(_ fault: PlannedFault) {
        switch fault.kind {
        case .crash(let name, let restart):
            let host = host(name)
            host.crash()
            let instant = restart.map { world.present.advanced(byNanoseconds: $0) } ?? .never
            for program in programs where program.host === host { program.crash(bootingAt: instant) }
        case .partition(let first, let second, let duration):
            let hosts = (host(first), host(second))
            world.exclusively { world.part(hosts.0, hosts.1, for: duration) }
        }
    }
}
