// A backend for programs that do one thing after the other.

import IOSpec

/// Submits, and reaps until that is over.
struct Worker<Backend: IOBackend & ~Copyable>: ~Copyable {
    /// The host has crashed, and whatever the program is doing is of no use.
    struct HostCrashed: Error {}

    private var backend: Backend
    /// Asks again and again instead of waiting.
    private let isAsking: Bool

    init(_ backend: consuming Backend, isAsking: Bool = false) {
        self.backend = backend
        self.isAsking = isAsking
    }

    mutating func acquire(_ resource: Resource) throws -> Handle { try backend.acquire(resource) }

    func after(milliseconds: Int64) -> Instant { backend.now.advanced(byNanoseconds: milliseconds * 1_000_000) }

    /// - Throws: what the operation fails with.
    @discardableResult
    mutating func perform(_ operation: Operation, deadline: Instant = .never) throws -> Int {
        try complete(operation, deadline).get()
    }

    /// - Throws: what making the handle fails with.
    mutating func make(_ operation: Operation) throws -> Handle {
        let completion = try complete(operation, .never)
        _ = try completion.get()
        guard let handle = backend.handle(madeBy: completion) else { throw IOError(.badHandle) }
        return handle
    }

    private mutating func complete(_ operation: Operation, _ deadline: Instant) throws -> Completion {
        _ = try backend.submit(Submission(operation, deadline: deadline))
        while true {
            let limit: Instant = isAsking ? .distantPast : .never
            let reaped = [Completion](capacity: 1) { (span: inout OutputSpan<Completion>) in backend.reap(into: &span, until: limit) }
            guard let completion = reaped.first else { continue }
            if completion.error == IOError(.noDevice) { throw HostCrashed() }
            return completion
        }
    }

    // MARK: Files

    mutating func open(_ path: String, beneath directory: Handle, _ options: OpenOptions) throws -> Handle {
        let memory = LentMemory(Array(path.utf8) + [0])
        defer { withExtendedLifetime(memory) {} }
        return try make(.path(.open(beneath: directory, path: PathReference(memory.region), options: options, permissions: 0o644)))
    }

    mutating func write(_ bytes: [UInt8], to file: Handle, at offset: Int64) throws {
        let memory = LentMemory(bytes)
        defer { withExtendedLifetime(memory) {} }
        if try perform(.file(.write(file, from: memory.region, at: offset))) < bytes.count { throw IOError(.noSpace) }
    }

    mutating func read(_ count: Int, from file: Handle, at offset: Int64) throws -> [UInt8] {
        let memory = LentMemory(count: count)
        let moved = try perform(.file(.read(file, into: memory.region, at: offset)))
        return Array(memory.bytes[..<moved])
    }
}
