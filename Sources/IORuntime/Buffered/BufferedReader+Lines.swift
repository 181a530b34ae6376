// Lines, as they lie in the buffer.

import IOSpec

extension BufferedReader {
    /// Passes the next line on, without its end, a line feed or a carriage return before one; nil after the last line. One at the very end needs no line feed.
    ///
    /// - Parameters:
    ///   - limit: the most bytes that a line may have without its end; at most two less than the buffer has.
    ///   - body: sees the line where it lies in the buffer.
    /// - Throws: ``FramingFailure/tooLong(length:limit:)`` for a longer line, of which nothing is taken.
    public nonisolated(nonsending) func withNextLine<Value>(
        atMost limit: Int = .max, _ body: (RawSpan) -> Value
    ) async throws(FramingFailure) -> Value? {
        let limit = min(limit, capacity - 2)
        var searched = 0
        while true {
            if let end = buffer.firstIndex(of: lineFeed, from: searched) {
                let length = end > 0 && buffer[end - 1] == carriageReturn ? end - 1 : end
                return try take(line: length, withItsEnd: end + 1, limit, body)
            }
            searched = buffer.count
            // A carriage return may be part of the end.
            let length = searched > 0 && buffer[searched - 1] == carriageReturn ? searched - 1 : searched
            if length > limit { throw .tooLong(length: UInt64(length), limit: limit) }
            if try await more() > 0 { continue }
            return searched == 0 ? nil : try take(line: searched, withItsEnd: searched, limit, body)
        }
    }

    private func take<Value>(
        line length: Int, withItsEnd whole: Int, _ limit: Int, _ body: (RawSpan) -> Value
    ) throws(FramingFailure) -> Value {
        if length > limit { throw .tooLong(length: UInt64(length), limit: limit) }
        let value = buffer.withBytes(0..<length, body)
        buffer.drop(whole)
        return value
    }

    nonisolated(nonsending) func more() async throws(FramingFailure) -> Int {
        do throws(IOFailure) { return try await fill() } catch { throw .transfer(error) }
    }

    /// The lines that are still to be read, each asked for when it is wanted, so that whoever sends them waits for whoever reads them. What is no UTF-8 in them is replaced.
    ///
    /// - Parameter limit: as in ``withNextLine(atMost:_:)``.
    public func lines(atMost limit: Int = .max) -> Lines { Lines(reader: self, limit: limit) }

    /// The lines of a reader.
    public struct Lines: AsyncSequence, AsyncIteratorProtocol {
        let reader: BufferedReader
        let limit: Int

        public func makeAsyncIterator() -> Lines { self }

        /// The next line, or nil after the last one.
        public mutating func next() async throws(FramingFailure) -> String? {
            try await next(isolation: nil)
        }

        /// The next line, or nil after the last one.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(FramingFailure) -> String? {
            try await reader.withNextLine(atMost: limit) { line in
                unsafe line.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
            }
        }
    }
}

private let lineFeed: UInt8 = 10
private let carriageReturn: UInt8 = 13
