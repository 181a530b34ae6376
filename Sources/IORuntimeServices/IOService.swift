// A program of the runtime as a service among others.

public import IORuntime
public import ServiceLifecycle

/// Runs a program on loops of its own until it returns, or until its task is cancelled.
///
/// A graceful shutdown is the program's to see, since only it knows what is to be finished: with `cancelWhenGracefulShutdown` around what accepts connections no more of them
/// are taken, and those that there are can be served to their ends.
public struct IOService: Service {
    private let configuration: RuntimeConfiguration
    private let body: @Sendable (consuming Boot) async throws -> Void

    /// A service that runs `body` as ``IORuntime/IORuntime/run(_:_:)`` does.
    public init(
        _ configuration: RuntimeConfiguration = RuntimeConfiguration(), _ body: @escaping @Sendable (consuming Boot) async throws -> Void
    ) {
        self.configuration = configuration
        self.body = body
    }

    /// Runs the program.
    ///
    /// - Throws: ``IORuntime/StartFailure``, or what the program throws.
    public func run() async throws {
        try await IORuntime.run(configuration, body)
    }
}
