// Where a program enters its runtime.

import IOSpec

/// The API that programs are written with: direct style over any backend.
public enum IORuntime {
    /// Starts the loops, runs `body` on the first of them, and ends them when it returns.
    ///
    /// What is still in flight then is cancelled, and what is still open is closed.
    ///
    /// - Throws: ``StartFailure``, or what `body` throws.
    public static func run<Value: Sendable>(
        _ configuration: RuntimeConfiguration = RuntimeConfiguration(), _ body: @Sendable (consuming Boot) async throws -> Value
    ) async throws -> Value {
        let group = try LoopGroup(configuration)
        do {
            let value = try await withTaskExecutorPreference(group.first) {
                try await body(Boot(loops: group.loops, reports: group.reports))
            }
            await group.shutDown()
            return value
        } catch {
            await group.shutDown()
            throw error
        }
    }
}
