// A directory of a test's own.

import IORuntime
import IOSpec
import Testing

extension TestBackend {
    /// Runs a program in a directory of its own, which is removed afterwards with all that is in it.
    func inScratch<Value: Sendable>(
        _ body: @Sendable (Directory, borrowing Steady) async throws -> Value
    ) async throws -> Value {
        let parent = directory
        return try await run { boot in
            let root = try await boot.directory(parent, unconfined: true)
            return try await boot.steady { io in
                let name = "runtime-\(UInt64.random(in: 0 ... .max))"
                try await root.makeDirectory(name)
                let scratch = try await root.openDirectory(name)
                let result: Result<Value, any Error>
                do { result = .success(try await body(scratch, io)) } catch { result = .failure(error) }
                try await scratch.removeContents()
                try await root.removeDirectory(name)
                return try result.get()
            }
        }
    }
}

extension Directory {
    fileprivate func removeContents() async throws {
        for try await entry in entries {
            if entry.kind != .directory {
                try await remove(entry.name)
                continue
            }
            try await openDirectory(entry.name).removeContents()
            try await removeDirectory(entry.name)
        }
    }
}

/// What an operation fails with, or nil when it does not.
func failure<Value>(of operation: () async throws -> Value) async -> IOFailure? {
    do { _ = try await operation() } catch {
        guard let failure = error as? IOFailure else {
            Issue.record("\(error)")
            return nil
        }
        return failure
    }
    return nil
}
