// Simulations: the same seed gives the same run, and what goes wrong in one is told.

import BackendSimulated
import IOEngine
import IOSpec
import Testing

@Suite struct SimulationTests {
    @Test func `the same seed gives the same trace, and seeds differ`() throws {
        let first = try Simulation.run(seeds: 0..<1000, hosts: ["server", "client", "other"], faults: faults, setUp: startPrograms)
        let second = try Simulation.run(seeds: 0..<1000, hosts: ["server", "client", "other"], faults: faults, setUp: startPrograms)
        #expect(first == second)
        #expect(Set(first.map(\.digest)).count == 1000)
    }

    private var faults: FaultPlan {
        var plan = FaultPlan()
        plan.rates.shortTransfers = 200_000
        plan.rates.refusedConnections = 50_000
        plan.rates.resets = 20_000
        plan.rates.noSpace = 50_000
        plan.rates.lostDatagrams = 100_000
        plan.rates.latencySpikes = 10_000
        plan.crashes = [FaultPlan.Crash(of: "server", at: 1...200, restartingAfter: 0...10_000_000)]
        plan.partitions = [FaultPlan.Partition(between: "server", and: "client", at: 1...200, lasting: 0...100_000_000)]
        return plan
    }

    private func startPrograms(_ simulation: Simulation) {
        let server = simulation.host("server").internetAddress(port: EchoServer<IOEngine<Simulated>>.port)
        simulation.start("server", on: "server", isService: true) { backend in
            var echo = try EchoServer(backend, at: server)
            return {
                try echo.turn()
                return .goesOn
            }
        }
        for name in ["client", "other"] {
            simulation.start(name, on: name) { backend in
                var client = try EchoClient(backend, of: server, notingIn: "answers")
                var number: UInt8 = 0
                return {
                    number += 1
                    try client.ask(number)
                    _ = try client.tryDatagram(number)
                    return number == 4 ? .isOver : .goesOn
                }
            }
        }
    }

    @Test func `a program that throws fails the run with its seed`() throws {
        struct Mistake: Error {}
        let failure = #expect(throws: SimulationFailure.self) {
            try Simulation.run(seeds: 3..<10) { simulation in
                simulation.start("program", on: "host") { _ in
                    { if simulation.number(in: 1...2) == 1 { throw Mistake() } else { .isOver } }
                }
            }
        }
        #expect(try #require(failure).seed >= 3)
        #expect(failure?.description.contains("Mistake") == true)
    }

    @Test func `a run in which nothing can happen any more fails`() throws {
        let failure = #expect(throws: SimulationFailure.self) {
            try Simulation.run(seeds: 1...1) { simulation in
                simulation.start("waiter", on: "host") { backend in
                    var worker = Worker(backend)
                    let handle = try worker.acquire(.datagram(.internet4, at: nil))
                    return {
                        try worker.perform(.watch(.readiness(handle, .receiving)))
                        return .isOver
                    }
                }
            }
        }
        #expect(failure?.reason.contains("nothing can happen any more") == true)
    }

    @Test func `a run that does not end fails at its limit`() throws {
        let failure = #expect(throws: SimulationFailure.self) {
            try Simulation.run(seeds: 1...1, steps: 100) { simulation in
                simulation.start("runner", on: "host") { backend in
                    var worker = Worker(backend)
                    return {
                        try worker.perform(.control(.nop))
                        return .goesOn
                    }
                }
            }
        }
        #expect(failure?.step == 100)
    }

    @Test func `a program that asks without end fails the run at its limit`() throws {
        let failure = #expect(throws: SimulationFailure.self) {
            try Simulation.run(seeds: 1...1, steps: 100) { simulation in
                simulation.start("poller", on: "host") { backend in
                    var worker = Worker(backend, isAsking: true)
                    let handle = try worker.acquire(.datagram(.internet4, at: nil))
                    return {
                        try worker.perform(.watch(.readiness(handle, .receiving)))
                        return .isOver
                    }
                }
            }
        }
        #expect(failure?.step == 100)
    }

    @Test func `a service goes on while a program asks without waiting`() throws {
        try Simulation.run(seeds: 1...20, hosts: ["server", "client"]) { simulation in
            let address = simulation.host("server").internetAddress(port: EchoServer<IOEngine<Simulated>>.port)
            simulation.start("server", on: "server", isService: true) { backend in
                var echo = try EchoServer(backend, at: address)
                return {
                    try echo.turn()
                    return .goesOn
                }
            }
            simulation.start("client", on: "client") { backend in
                var client = try EchoClient(backend, of: address, notingIn: "answers", isAsking: true)
                return {
                    try client.ask(1)
                    return .isOver
                }
            }
        }
    }

    @Test func `a world whose programs waited for something is gone after its run`() throws {
        final class Reference { weak var world: SimulatedWorld? }
        let reference = Reference()
        try Simulation.run(seeds: 1...1) { simulation in
            reference.world = simulation.world
            simulation.start("waiter", on: "host") { backend in
                var worker = Worker(backend)
                let root = try worker.acquire(.directory(name: "/", unconfined: false))
                let holder = try worker.open("f", beneath: root, [.writing, .creating])
                let waiter = try worker.open("f", beneath: root, [.writing])
                return {
                    try worker.perform(.file(.lock(holder, .exclusive)))
                    #expect(throws: IOError(.timedOut)) {
                        try worker.perform(.file(.lock(waiter, .exclusive)), deadline: worker.after(milliseconds: 1))
                    }
                    return .isOver
                }
            }
        }
        #expect(reference.world == nil)
    }

    @Test func `what is looked at in the end fails the run, too`() throws {
        struct Unfinished: Error {}
        #expect(throws: SimulationFailure.self) {
            try Simulation.run(seeds: 1...1) { simulation in
                simulation.start("program", on: "host") { _ in { .isOver } }
                simulation.atEnd { throw Unfinished() }
            }
        }
    }
}
