// Where bytes come from.

import IOSpec

/// What bytes are taken from: a stream or pipe, in order, or a part of a file.
public struct ByteSource: Sendable {
    let open: OpenHandle
    /// Where the part of a file begins; nil where bytes come in order.
    let offset: Int64?
    /// The most bytes that are taken.
    let limit: Int64
    let isPipe: Bool

    /// What a stream receives, until its end or so many bytes.
    public static func stream(_ stream: Stream, atMost limit: Int64 = .max) -> ByteSource {
        ByteSource(open: stream.open, offset: nil, limit: limit, isPipe: false)
    }

    /// What a pipe receives, until its end or so many bytes.
    public static func pipe(_ end: Pipe.ReadEnd, atMost limit: Int64 = .max) -> ByteSource {
        ByteSource(open: end.open, offset: nil, limit: limit, isPipe: true)
    }

    /// What is in a file, or in a range of it; it ends where the file does.
    ///
    /// - Precondition: the range does not begin below 0.
    public static func file(_ file: File, _ range: Range<Int64> = 0 ..< .max) -> ByteSource {
        precondition(range.lowerBound >= 0, "A file has no bytes before its first one")
        return ByteSource(open: file.open, offset: range.lowerBound, limit: range.upperBound - range.lowerBound, isPipe: false)
    }

    /// Takes some bytes, that come after as many as `position` says: at least one, or 0 at the end. Of a file, as many as there are.
    nonisolated(nonsending) func take(into region: MemoryRegion, at position: Int64) async throws(IOFailure) -> Int {
        let room = min(Int64(region.count), limit - position)
        if room <= 0 { return 0 }
        let part = region.prefix(Int(room)).atMostOneTransfer
        guard let offset else { return try await open.perform(.stream(.receive(open.handle, into: part))) }
        return try await open.perform(.file(.read(open.handle, into: part, at: offset + position)))
    }
}
