// Frames that say their length, as they lie in the buffer.

import IOSpec

extension BufferedReader {
    /// Passes the next frame on, without its length; nil at the end.
    ///
    /// - Parameters:
    ///   - prefix: how a frame says its length.
    ///   - limit: the most bytes that a frame may have; at most as many as the buffer has, without the length.
    ///   - body: sees the frame where it lies in the buffer.
    /// - Throws: ``FramingFailure/tooLong(length:limit:)`` for a longer frame, and ``FramingFailure/incomplete(count:expected:)`` for an end inside a frame; nothing of either is taken.
    public nonisolated(nonsending) func withNextFrame<Value>(
        _ prefix: LengthPrefix, atMost limit: Int = .max, _ body: (RawSpan) -> Value
    ) async throws(FramingFailure) -> Value? {
        if buffer.count == 0, try await more() == 0 { return nil }
        let start = prefix.byteCount
        try await have(start)
        let limit = min(limit, capacity - start)
        let length = prefix.value { buffer[$0] }
        if length > UInt64(clamping: limit) { throw .tooLong(length: length, limit: limit) }
        let end = start + Int(length)
        try await have(end)
        let value = buffer.withBytes(start..<end, body)
        buffer.drop(end)
        return value
    }

    /// Has so many bytes in the buffer.
    private nonisolated(nonsending) func have(_ count: Int) async throws(FramingFailure) {
        while buffer.count < count {
            // Room that lies before the bytes is no use to them.
            buffer.makeRoom(for: count)
            if try await more() == 0 { throw .incomplete(count: buffer.count, expected: count) }
        }
    }

    /// The frames that are still to be read, each asked for when it is wanted, so that whoever sends them waits for whoever reads them.
    ///
    /// - Parameters:
    ///   - prefix: how a frame says its length.
    ///   - limit: as in ``withNextFrame(_:atMost:_:)``.
    public func frames(_ prefix: LengthPrefix, atMost limit: Int = .max) -> Frames {
        Frames(reader: self, prefix: prefix, limit: limit)
    }

    /// The frames of a reader.
    public struct Frames: AsyncSequence, AsyncIteratorProtocol {
        let reader: BufferedReader
        let prefix: LengthPrefix
        let limit: Int

        public func makeAsyncIterator() -> Frames { self }

        /// The next frame, or nil after the last one.
        public mutating func next() async throws(FramingFailure) -> [UInt8]? {
            try await next(isolation: nil)
        }

        /// The next frame, or nil after the last one.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(FramingFailure) -> [UInt8]? {
            try await reader.withNextFrame(prefix, atMost: limit) { frame in unsafe frame.withUnsafeBytes { unsafe Array($0) } }
        }
    }
}
