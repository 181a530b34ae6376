// One program of a simulation: it boots, has its turns, and may crash and boot again.

import IOEngine
import IOSpec

/// A program and, while it runs, its station and what it does in a turn.
final class SimulatedProgram {
    typealias Body = () throws -> ProgramTurn

    enum State {
        /// Boots when that instant comes.
        case down(until: Instant)
        case running
        case over
    }

    let name: String
    let host: SimulatedHost
    /// Whether a run is over although this is not.
    let isService: Bool
    private let configuration: BackendConfiguration
    private let boot: (consuming IOEngine<Simulated>) throws -> Body
    private(set) var state = State.down(until: .distantPast)
    private(set) var station: Station?
    private var body: Body?
    /// Whether it is in the middle of a turn, from which it can only come back by itself.
    private(set) var isInTurn = false
    /// Whether it may be asked to end its turn. One that was, and waits again, is written straight on.
    var mayEndTurn = true

    init(
        _ name: String, on host: SimulatedHost, isService: Bool, _ configuration: BackendConfiguration,
        boot: @escaping (consuming IOEngine<Simulated>) throws -> Body
    ) {
        self.name = name
        self.host = host
        self.isService = isService
        self.configuration = configuration
        self.boot = boot
    }

    // MARK: Being scheduled

    /// Whether a run goes on as long as this program does.
    var keepsRunning: Bool {
        switch state {
        case .over, .down(until: .never): return false
        case .down, .running: return !isService
        }
    }

    /// When there is something to do for it, if nothing happens before.
    var wakes: Instant {
        switch state {
        case .down(let instant): return isInTurn ? .distantPast : instant
        case .running: return station.map(\.wakes) ?? .never
        case .over: return .never
        }
    }

    // MARK: Turns

    /// Has one turn, or boots.
    ///
    /// - Throws: what the program throws, unless its host crashed meanwhile.
    func turn(in simulation: Simulation) throws {
        isInTurn = true
        mayEndTurn = true
        var answer = ProgramTurn.goesOn
        do {
            if body == nil { try start(in: simulation) } else { answer = try carryOn() }
        } catch {
            isInTurn = false
            guard dropIfDead() else {
                drop()
                throw error
            }
            return
        }
        isInTurn = false
        if dropIfDead() { return }
        if case .isOver = answer {
            drop()
            state = .over
        }
    }

    private func start(in simulation: Simulation) throws {
        let station = Station(configuration: configuration, host: host)
        station.simulation = simulation
        self.station = station
        state = .running
        let engine = try IOEngine(configuration: configuration, faults: []) { (_) throws(Unavailability) in Simulated(station) }
        body = try boot(engine)
    }

    private func carryOn() throws -> ProgramTurn {
        station?.restsUntil = .distantPast
        return try body?() ?? .isOver
    }

    // MARK: The end

    /// The host has crashed: what it was doing comes to nothing, and it boots again when that instant comes.
    func crash(bootingAt instant: Instant) {
        if case .over = state { return }
        state = .down(until: instant)
        if !isInTurn { drop() }
    }

    /// Drops its backend if the host has crashed. A program that nobody has told when to boot again does so at once.
    private func dropIfDead() -> Bool {
        guard let station, station.isDead else { return false }
        if case .running = state { state = .down(until: station.world.present) }
        drop()
        return true
    }

    /// Drops its backend.
    func drop() {
        // What is left to be done then is the backend's own, which waits for nobody.
        station?.simulation = nil
        body = nil
        station = nil
    }
}
