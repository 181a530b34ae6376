// Writing in pieces that are smaller than what is transferred.

import IOSpec

/// Writes to a stream, a pipe or a file through a buffer of fixed size; once it is made, nothing is allocated.
///
/// It belongs to one task at a time, and does one thing at a time. What it holds goes out when the buffer is full, and by ``flush()``, which must be the last thing: what is in the buffer when
/// nobody has the writer any more is lost. After a failure it holds what did not go out, so that a write or flush after that goes on where it failed.
public final class BufferedWriter {
    private let sink: ByteSink
    private var buffer: ByteBuffer
    private var position: Int64 = 0

    /// Writes to a sink.
    ///
    /// - Parameter capacity: the bytes of the buffer, at least 64.
    public init(_ sink: ByteSink, capacity: Int = 16_384) {
        precondition(capacity >= 64, "A buffer has 64 bytes or more")
        self.sink = sink
        buffer = ByteBuffer(capacity: capacity)
    }

    /// The bytes that were written and have not gone out.
    public var bufferedCount: Int { buffer.count }

    /// Writes bytes. It waits only when they do not fit into the buffer.
    ///
    /// - Throws: a failure that tells how many of the bytes were taken: all or none of them, or where there are too many for the buffer, so many as went out.
    public nonisolated(nonsending) func write(_ bytes: RawSpan) async throws(IOFailure) {
        if bytes.byteCount <= buffer.room { return buffer.append(bytes) }
        do throws(IOFailure) { try await flush() } catch { throw error.after(-error.bytesMoved) }
        if bytes.byteCount <= buffer.room { return buffer.append(bytes) }
        defer { extendLifetime(bytes) }
        // Nothing else may go out meanwhile.
        _ = buffer.lendBytes()
        defer { buffer.takeBack() }
        try await put(MemoryRegion(reading: bytes))
    }

    /// The same from an array.
    public nonisolated(nonsending) func write(_ bytes: [UInt8]) async throws(IOFailure) {
        try await write(unsafe bytes.span.bytes)
    }

    /// Writes a text in UTF-8.
    public nonisolated(nonsending) func write(_ text: String) async throws(IOFailure) {
        try await write(unsafe text.utf8Span.span.bytes)
    }

    /// Writes a frame: its length, and its bytes.
    ///
    /// - Throws: ``FramingFailure/tooLong(length:limit:)`` when the length is none that `prefix` can say; nothing is written then. Of a frame that fits into the
    ///   buffer nothing is written after another failure either; part of a longer one may have gone out.
    public nonisolated(nonsending) func writeFrame(_ bytes: RawSpan, _ prefix: LengthPrefix) async throws(FramingFailure) {
        let length = UInt64(bytes.byteCount)
        if length > prefix.maximum { throw .tooLong(length: length, limit: Int(prefix.maximum)) }
        let number = prefix.bytes(of: length)
        do throws(IOFailure) {
            if prefix.byteCount + bytes.byteCount > buffer.room { try await flush() }
            try await write(unsafe number.span.bytes.extracting(first: prefix.byteCount))
            try await write(bytes)
        } catch {
            throw .transfer(error)
        }
    }

    /// The same from an array.
    public nonisolated(nonsending) func writeFrame(_ bytes: [UInt8], _ prefix: LengthPrefix) async throws(FramingFailure) {
        try await writeFrame(unsafe bytes.span.bytes, prefix)
    }

    /// Has everything go out that was written.
    ///
    /// - Throws: a failure that tells how many bytes went out before; the rest is still held.
    public nonisolated(nonsending) func flush() async throws(IOFailure) {
        if buffer.count == 0 { return }
        let region = buffer.lendBytes()
        do throws(IOFailure) {
            try await put(region)
            buffer.takeBack()
            buffer.drop(region.count)
        } catch {
            buffer.takeBack()
            buffer.drop(error.bytesMoved)
            throw error
        }
    }

    private nonisolated(nonsending) func put(_ region: MemoryRegion) async throws(IOFailure) {
        do throws(IOFailure) {
            try await sink.put(region, at: position)
            position += Int64(region.count)
        } catch {
            position += Int64(error.bytesMoved)
            throw error
        }
    }
}
