// A runtime that is configured by a configuration reader.

import Configuration
import IORuntime
import IOSpec
import Testing

@testable import IORuntimeServices

@Suite struct ConfigurationTests {
    @Test func whatIsReadIsWhatTheRuntimeGets() throws {
        let reader = ConfigReader(
            provider: InMemoryProvider(values: [
                "io.backend": "epoll", "io.loops": 3, "io.operations": 77, "io.handles": 99, "io.trace.file": "/tmp/trace.json",
            ]))
        let configuration = try RuntimeConfiguration(reading: reader.scoped(to: "io"))
        #expect(configuration.backend == nil)
        #expect(configuration.configuredBackend == "epoll")
        #expect(configuration.loops == 3)
        #expect(configuration.size.operations == 77)
        #expect(configuration.size.handles == 99)
        #expect(configuration.traceFile == "/tmp/trace.json")
    }

    @Test func whatIsMissingStaysAsItIs() throws {
        let configuration = try RuntimeConfiguration(reading: ConfigReader(provider: InMemoryProvider(values: [:])))
        #expect(configuration.configuredBackend == nil)
        #expect(configuration.loops == nil)
        #expect(configuration.size.operations == RuntimeConfiguration().size.operations)
    }

    @Test func whatIsNoNumberIsToldWithItsKey() {
        for value in ["many", "1.5", ""] {
            let reader = ConfigReader(provider: InMemoryProvider(values: ["loops": ConfigValue(.string(value), isSecret: false)]))
            #expect(throws: InvalidConfiguration(key: "loops", value: value)) { try RuntimeConfiguration(reading: reader) }
        }
        let fraction = ConfigReader(provider: InMemoryProvider(values: ["handles": 1.5]))
        #expect(throws: InvalidConfiguration(key: "handles", value: "1.5")) { try RuntimeConfiguration(reading: fraction) }
    }

    @Test func aConfigurationCanChooseTheBackend() async throws {
        let reader = ConfigReader(provider: InMemoryProvider(values: ["backend": "simulated", "loops": 1]))
        let configuration = try RuntimeConfiguration(reading: reader)
        let report = try await IORuntime.run(configuration) { boot in boot.reports[0] }
        // An environment that chooses a backend counts before a configuration.
        if report.source == .configuration { #expect(report.chosen == "simulated") }
        #expect(report.source != .default)
    }
}
