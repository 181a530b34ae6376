// The end of a backend's life, and what must be true then.

import CLinuxIO
public import IOSpec

extension CaseContext {
    /// Shuts the backend down; what is in flight still completes through reaping.
    public func shutDown() {
        trace(.shutDown)
        live?.backend.shutDown()
    }

    /// Drops the backend, with whatever is in flight; nothing is expected to complete any more.
    public func dropBackend() {
        if live != nil { trace(.dropped) }
        live = nil
        pending.removeAll()
    }

    /// Makes another backend of the same kind beside this one, for `body`; its oracle is checked, too, and then it is dropped.
    public func withAnotherBackend<Result>(
        _ configuration: BackendConfiguration = BackendConfiguration(operations: 512, handles: 1024),
        _ body: (CaseContext) throws -> Result
    ) throws -> Result {
        let other = CaseContext(
            try factory.make(configuration), factory: factory, iterations: iterations, seed: random.next(), end: end, trace: trace,
            place: place &+ 1)
        defer { other.dropBackend() }
        let result = try body(other)
        try other.finish()
        notes += other.notes
        return result
    }

    /// Shuts down, reaps what is left, drops the backend and checks that each accepted operation completed exactly once.
    func finish() throws {
        defer { dropBackend() }
        if live != nil {
            shutDown()
            while !pending.isEmpty { try reapAfterShuttingDown() }
            try turn()
            if inFlight != 0 {
                throw CaseFailure(
                    "after shutting down and reaping everything \(inFlight) operations are in flight", clause: "completion.exactly-one")
            }
        }
        dropBackend()
        guard buffers.allSatisfy({ $0.isGuardIntact }) else {
            throw CaseFailure("memory after the end of a buffer was written", clause: "file.untouched-past-count")
        }
    }

    private func reapAfterShuttingDown() throws {
        guard Self.clock < end else {
            let names = pending.values.prefix(3).map { describe($0) }.joined(separator: ", ")
            throw CaseFailure(
                "timeout: \(pending.count) accepted operations have no completion after shutting down: \(names)",
                clause: "shutdown.terminal", kind: .timeout)
        }
        try reap(until: after(milliseconds: 50))
    }
}
