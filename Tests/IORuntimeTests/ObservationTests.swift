// What a runtime tells of itself: to a log, to metrics, and to a trace.

import Foundation
import IOSpec
import InMemoryLogging
import Logging
import MetricsTestKit
import Testing

@testable import IORuntime

@Suite struct ObservationTests {
    @Test("how the loops came to their backends is logged once", arguments: TestBackend.all)
    func log(_ backend: TestBackend) async throws {
        let handler = InMemoryLogHandler()
        var configuration = backend.configuration
        configuration.loops = 2
        configuration.logger = Logger(label: "test") { _ in handler }
        try await IORuntime.run(configuration) { _ in }
        #expect(handler.entries.count == 1)
        let entry = try #require(handler.entries.first)
        #expect(entry.level == .info)
        #expect(entry.metadata["loops"] == "2")
        #expect(entry.metadata["source"] == "code")
        #expect("\(entry.message)".contains(backend.choice.name))
    }

    @Test func codeComesBeforeEnvironmentAndThatBeforeAConfiguration() throws {
        var configuration = RuntimeConfiguration()
        configuration.environment = { _ in nil }
        #expect(try configuration.chooseBackend().source == .default)
        configuration.configuredBackend = "epoll"
        #expect(try configuration.chooseBackend() == ("epoll", .configuration))
        configuration.environment = { $0 == "IOSPEC_BACKEND" ? "simulated" : nil }
        #expect(try configuration.chooseBackend() == ("simulated", .environment))
        configuration.backend = .automatic
        #expect(try configuration.chooseBackend() == ("automatic", .code))
    }

    @Test func whoNamesNoBackendIsToldWhoDidAndWhichThereAre() throws {
        var configuration = RuntimeConfiguration()
        configuration.environment = { _ in "" }
        configuration.configuredBackend = "kqueue"
        let failure = #expect(throws: StartFailure.self) { try configuration.chooseBackend() }
        #expect(failure?.description.hasPrefix("the configuration names the backend “kqueue”") == true)
        configuration.environment = { _ in "iocp" }
        let other = #expect(throws: StartFailure.self) { try configuration.chooseBackend() }
        #expect(other?.description.hasPrefix("IOSPEC_BACKEND names the backend “iocp”") == true)
        #expect(other?.description.contains("uring, aio, epoll") == true)
    }

    @Test("operations, bytes and latencies are counted", arguments: TestBackend.all)
    func metrics(_ backend: TestBackend) async throws {
        let metrics = TestMetrics()
        var configuration = backend.configuration
        configuration.metrics = metrics
        try await IORuntime.run(configuration) { boot in
            try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                try await first.send([1, 2, 3])
                var buffer = [UInt8](repeating: 0, count: 8)
                #expect(try await second.receive(into: &buffer) == 3)
                try await first.close()
                await #expect(throws: IOFailure.self) { try await second.send([1]) }
            }
        }
        let loop = ("loop", "0")
        let sent = [loop, ("operation", "send")]
        #expect(try metrics.expectCounter("io_operations", sent + [("outcome", "success")]).totalValue == 1)
        #expect(try metrics.expectCounter("io_operations", sent + [("outcome", "failure")]).totalValue == 1)
        #expect(try metrics.expectCounter("io_bytes", sent).totalValue == 3)
        #expect(try metrics.expectCounter("io_bytes", [loop, ("operation", "receive")]).totalValue == 3)
        #expect(try metrics.expectTimer("io_latency", [loop, ("operation", "receive")]).values.count == 1)
        #expect(try !metrics.expectRecorder("io_batch", [loop]).values.isEmpty)
    }

    @Test("a trace has each operation's begin and end, and is what trace viewers open", arguments: TestBackend.all)
    func trace(_ backend: TestBackend) async throws {
        let name = "/tmp/trace-\(UInt64.random(in: 0 ... .max)).json"
        defer { try? FileManager.default.removeItem(atPath: name) }
        var configuration = backend.configuration
        configuration.loops = 2
        configuration.traceFile = name
        try await IORuntime.run(configuration) { boot in
            try await boot.steady { io in
                for _ in 0..<1000 { try await io.loop.nop() }
                try await io.loop.sleep(for: .milliseconds(2))
            }
        }
        struct Event: Decodable {
            var ph: String
            var name: String
            var id: String?
            var ts: Double?
        }
        let events = try JSONDecoder().decode([Event].self, from: Data(contentsOf: URL(fileURLWithPath: name)))
        let nops = events.filter { $0.name == "nop" }
        #expect(nops.count == 2000)
        let timer = events.filter { $0.name == "timer" }
        #expect(timer.map(\.ph) == ["b", "e"])
        #expect(timer[0].id == timer[1].id)
        #expect(try #require(timer[1].ts) - #require(timer[0].ts) >= 2000)
    }

    @Test func aTraceThatCannotBeWrittenKeepsTheRuntimeFromStarting() async throws {
        var configuration = RuntimeConfiguration(backend: .epoll, loops: 1)
        configuration.traceFile = "/nowhere/trace.json"
        let failure = await #expect(throws: StartFailure.self) { try await IORuntime.run(configuration) { _ in } }
        #expect(failure?.description.contains("/nowhere/trace.json") == true)
    }

    @Test func thereIsALoopForEachProcessorUnlessOneSaysHowMany() async throws {
        let loops = try await IORuntime.run(RuntimeConfiguration(backend: .epoll)) { boot in boot.loops.map(\.number) }
        #expect(loops == Array(0..<ProcessInfo.processInfo.activeProcessorCount))
    }
}

private func == (choice: (choice: BackendChoice, source: BackendReport.Source), expected: (String, BackendReport.Source)) -> Bool {
    choice.choice.name == expected.0 && choice.source == expected.1
}
