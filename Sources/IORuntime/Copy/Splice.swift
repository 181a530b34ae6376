// A copy that does not pass through the program.

import IOSpec

/// Moves bytes from or to a pipe.
struct Splice {
    private let source: ByteSource
    private let sink: ByteSink

    /// Nil where it cannot be done, or must not: a pipe would show later changes of a file that was spliced into it. Into a stream it gains nothing; and one that blocks, as a
    /// ring's does, takes a page at a time.
    init?(from source: ByteSource, to sink: ByteSink) {
        let intoPipe = sink.isPipe && source.offset == nil
        let intoFile = source.isPipe && sink.offset != nil
        guard intoPipe || intoFile else { return nil }
        // A handle means something else to another backend.
        guard source.open.loop === sink.open.loop else { return nil }
        self.source = source
        self.sink = sink
    }

    /// What was moved; nil when the system cannot splice these two, and nothing has been.
    nonisolated(nonsending) func run(_ progress: (@Sendable (Int) -> Void)?) async throws(IOFailure) -> Int? {
        var moved = 0
        while Int64(moved) < source.limit {
            let count = Int(min(source.limit - Int64(moved), 1 << 20))
            let place = sink.offset.map { $0 &+ Int64(moved) } ?? 0
            let operation = Operation.stream(.splice(from: source.open.handle, to: sink.open.handle, count: count, at: place))
            let outcome = await source.open.loop.perform(operation)
            if outcome.result < 0, moved == 0, Self.cannot.contains(outcome.error.cause) { return nil }
            if outcome.result < 0 { throw IOFailure(outcome.error, .splice, of: source.open.name, bytesMoved: moved) }
            if outcome.result == 0 { break }
            moved += Int(outcome.result)
            progress?(moved)
        }
        return moved
    }

    private static let cannot: [IOError.Cause] = [.unsupported, .misaligned, .wrongKind]
}
