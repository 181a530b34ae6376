// A history that is played into the reference model by hand.

import IOSpec
import Testing

/// The model, with the numbers of operations counted.
struct ModelUnderTest {
    var model = ReferenceModel()
    private var submitted = 0

    /// A directory as `h1`.
    static func withRoot() -> ModelUnderTest {
        var test = ModelUnderTest()
        test.model.acquire(.root, makes: [root])
        return test
    }

    /// Two ends as `h1` and `h2`.
    static func with(_ pair: PairedResource) -> ModelUnderTest {
        var test = ModelUnderTest()
        test.model.acquire(.pair(pair), makes: [Symbol(1), Symbol(2)])
        return test
    }

    static let root = Symbol(1)

    // MARK: Submitting

    mutating func submit(
        _ operation: SymbolicOperation, hasDeadline: Bool = false, isLinked: Bool = false, isBarrier: Bool = false
    ) -> Int {
        submitted += 1
        model.submit(submitted, operation, hasDeadline: hasDeadline, isLinked: isLinked, isBarrier: isBarrier)
        return submitted
    }

    /// Submits and completes with a count.
    mutating func perform(_ operation: SymbolicOperation, _ count: Int = 0, bytes: [UInt8] = []) throws {
        try complete(submit(operation), count, bytes: bytes)
    }

    /// Submits and completes with an error.
    mutating func fail(_ operation: SymbolicOperation, _ cause: IOError.Cause) throws {
        try complete(submit(operation), failing: cause)
    }

    /// Opens a file that is made if it is missing.
    mutating func open(_ path: String, _ options: OpenOptions = [.reading, .writing, .creating], as symbol: Int) throws -> Symbol {
        try perform(.open(beneath: Self.root, path: path, options, makes: Symbol(symbol)))
        return Symbol(symbol)
    }

    /// Writes a payload to a file.
    mutating func write(_ payload: Payload, to file: Symbol, at offset: Int64 = 0) throws {
        try perform(.write(file, payload, at: offset, pieces: 1), payload.count)
    }

    /// Reads from a file, and sees `bytes`.
    mutating func read(_ bytes: [UInt8], from file: Symbol, at offset: Int64 = 0, asking count: Int? = nil) throws {
        try perform(.read(file, count: count ?? bytes.count, at: offset, pieces: 1), bytes.count, bytes: bytes)
    }

    // MARK: Completing

    mutating func complete(_ number: Int, _ count: Int = 0, bytes: [UInt8] = []) throws {
        try model.complete(number, Observation(result: Int32(count), bytes: bytes))
    }

    mutating func complete(_ number: Int, failing cause: IOError.Cause) throws {
        try model.complete(number, Observation(result: IOError(cause).encoded))
    }

    /// A completion with more to follow.
    mutating func shot(_ number: Int, _ count: Int = 0) throws {
        var observation = Observation(result: Int32(count))
        observation.hasMore = true
        try model.complete(number, observation)
    }

    /// The same, which names a buffer.
    mutating func shot(_ number: Int, buffer: Int, bytes: [UInt8]) throws {
        var observation = Observation(result: Int32(bytes.count), bytes: bytes)
        observation.hasMore = true
        observation.buffer = buffer
        try model.complete(number, observation)
    }

    mutating func complete(_ number: Int, names: [String: FileStatus.Kind]) throws {
        let listed = names.sorted { $0.key < $1.key }.map { Observation.ListedName(name: $0.key, kind: $0.value) }
        try model.complete(number, Observation(result: 1, names: listed))
    }

    mutating func complete(_ number: Int, size: Int64, kind: FileStatus.Kind = .file, links: UInt32 = 1) throws {
        let status = Observation.SymbolicStatus(kind: kind, size: size, permissions: kind == .directory ? 0o750 : 0o644, linkCount: links)
        try model.complete(number, Observation(result: 0, status: status))
    }

    // MARK: Refusals

    /// What `body` is refused for; nil when it is allowed.
    func refusedClause(_ body: (inout ModelUnderTest) throws -> Void) -> String? {
        var copy = self
        do { try body(&copy) } catch { return (error as? Refusal)?.clause }
        return nil
    }
}
