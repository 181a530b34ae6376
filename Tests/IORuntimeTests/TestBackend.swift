// The backends that each test of the runtime runs on.

import IORuntime
import IOSpec
import Testing

/// A backend by its name, as it is printed.
struct TestBackend: CustomTestStringConvertible, Sendable {
    let choice: BackendChoice
    var testDescription: String { choice.name }

    /// Those of this build.
    static var all: [TestBackend] {
        var all = [TestBackend(.epoll), TestBackend(.simulated(seed: 1))]
        #if URing
        all.append(TestBackend(.uring))
        #endif
        #if AIO
        all.append(TestBackend(.aio))
        #endif
        return all
    }

    private init(_ choice: BackendChoice) { self.choice = choice }

    /// One loop, of a size of which many fit into the system's limits: tests run at the same time.
    var configuration: RuntimeConfiguration {
        var configuration = RuntimeConfiguration(backend: choice, loops: 1)
        configuration.size.operations = 512
        configuration.size.completionQueue = 128
        return configuration
    }

    /// Runs a program on one loop.
    func run<Value: Sendable>(_ body: @Sendable (consuming Boot) async throws -> Value) async throws -> Value {
        try await IORuntime.run(configuration, body)
    }

    /// A directory that can be written in, by the name that it has for this backend.
    var directory: String { choice.name == "simulated" ? "/" : "/tmp" }
}
