// What streams and pipes have in common.

import IOSpec

extension OpenHandle {
    nonisolated(nonsending) func receive(into buffer: inout MutableRawSpan, until deadline: Instant) async throws(IOFailure) -> Int {
        defer { extendLifetime(buffer) }
        return try await perform(.stream(.receive(handle, into: MemoryRegion(filling: &buffer).atMostOneTransfer)), until: deadline)
    }

    /// Fills the buffer by as many operations as that takes: after one that was cut short, the next one says why, or that it was the end.
    nonisolated(nonsending) func receiveExactly(
        into buffer: inout MutableRawSpan, until deadline: Instant
    ) async throws(IOFailure) -> Int {
        defer { extendLifetime(buffer) }
        let region = MemoryRegion(filling: &buffer)
        var moved = 0
        repeat {
            let operation = Operation.stream(.receiveExactly(handle, into: region.dropping(moved).atMostOneTransfer))
            let outcome = await loop.perform(operation, deadline: deadline)
            if outcome.result < 0 { throw IOFailure(outcome.error, operation.kind, of: name, bytesMoved: moved) }
            if outcome.result == 0 { break }
            moved += Int(outcome.result)
        } while moved < region.count
        return moved
    }

    nonisolated(nonsending) func send(_ bytes: RawSpan, until deadline: Instant) async throws(IOFailure) {
        defer { extendLifetime(bytes) }
        try await performWhole(MemoryRegion(reading: bytes), until: deadline) { rest, _ in .stream(.send(handle, from: rest)) }
    }
}
