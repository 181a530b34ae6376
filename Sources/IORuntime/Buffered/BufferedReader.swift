// Reading in pieces that are smaller than what is transferred.

import IOSpec

/// Reads from a stream, a pipe or a file through a buffer of fixed size; once it is made, nothing is allocated.
///
/// It belongs to one task at a time, and does one thing at a time. What is in the buffer is no longer in what it was taken from.
public final class BufferedReader {
    let source: ByteSource
    var buffer: ByteBuffer
    private var position: Int64 = 0

    /// Reads from a source.
    ///
    /// - Parameter capacity: the bytes of the buffer, at least 64; no line or frame is longer.
    public init(_ source: ByteSource, capacity: Int = 16_384) {
        precondition(capacity >= 64, "A buffer has 64 bytes or more")
        self.source = source
        buffer = ByteBuffer(capacity: capacity)
    }

    /// The bytes of the buffer.
    public var capacity: Int { buffer.capacity }

    /// The bytes that were taken from the source and not read yet.
    public var bufferedCount: Int { buffer.count }

    /// Reads some bytes: at least one, or 0 at the end.
    public nonisolated(nonsending) func read(into span: inout MutableRawSpan) async throws(IOFailure) -> Int {
        if span.byteCount == 0 { return 0 }
        if buffer.count > 0 { return buffer.move(into: &span, at: 0) }
        if span.byteCount >= buffer.capacity { return try await takePast(&span, from: 0) }
        _ = try await fill()
        return buffer.move(into: &span, at: 0)
    }

    /// Fills `span`; fewer bytes are read only at the end.
    ///
    /// - Throws: a failure that tells how many bytes are in `span`: they have been read.
    public nonisolated(nonsending) func readExactly(into span: inout MutableRawSpan) async throws(IOFailure) -> Int {
        var moved = buffer.move(into: &span, at: 0)
        while moved < span.byteCount {
            let count: Int
            do throws(IOFailure) {
                count = span.byteCount - moved >= buffer.capacity ? try await takePast(&span, from: moved) : try await fill()
            } catch {
                throw error.after(moved)
            }
            if count == 0 { break }
            // What went past the buffer has left nothing in it.
            moved += buffer.count > 0 ? buffer.move(into: &span, at: moved) : count
        }
        return moved
    }

    /// As ``read(into:)``, into an array.
    public nonisolated(nonsending) func read(into array: inout [UInt8]) async throws(IOFailure) -> Int {
        var span = array.mutableSpan
        // Sound: any bytes are bytes.
        var bytes = unsafe span.mutableBytes
        return try await read(into: &bytes)
    }

    /// As ``readExactly(into:)``, into an array.
    public nonisolated(nonsending) func readExactly(into array: inout [UInt8]) async throws(IOFailure) -> Int {
        var span = array.mutableSpan
        // Sound: any bytes are bytes.
        var bytes = unsafe span.mutableBytes
        return try await readExactly(into: &bytes)
    }

    /// Takes more bytes into the buffer, which is not full; 0 at the end.
    nonisolated(nonsending) func fill() async throws(IOFailure) -> Int {
        let room = buffer.lendRoom()
        do throws(IOFailure) {
            let count = try await source.take(into: room, at: position)
            buffer.takeBack(filled: count)
            position += Int64(count)
            return count
        } catch {
            buffer.takeBack()
            throw error
        }
    }

    /// Takes bytes into a long span without a stay in the buffer, which is empty.
    private nonisolated(nonsending) func takePast(_ span: inout MutableRawSpan, from offset: Int) async throws(IOFailure) -> Int {
        defer { extendLifetime(span) }
        // Nobody else may take the bytes that follow meanwhile.
        _ = buffer.lendRoom()
        defer { buffer.takeBack() }
        let count = try await source.take(into: MemoryRegion(filling: &span).dropping(offset), at: position)
        position += Int64(count)
        return count
    }
}
