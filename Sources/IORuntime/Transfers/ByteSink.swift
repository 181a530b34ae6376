// Where bytes go.

import IOSpec

/// What bytes are put into: a stream or pipe, in order, or a file from a position on.
public struct ByteSink: Sendable {
    enum Place {
        case inOrder(isPipe: Bool)
        case at(Int64)
        case end
    }

    let open: OpenHandle
    let place: Place

    /// Sends to a stream.
    public static func stream(_ stream: Stream) -> ByteSink { ByteSink(open: stream.open, place: .inOrder(isPipe: false)) }

    /// Sends to a pipe.
    public static func pipe(_ end: Pipe.WriteEnd) -> ByteSink { ByteSink(open: end.open, place: .inOrder(isPipe: true)) }

    /// Writes in a file, from an offset on.
    public static func file(_ file: File, at offset: Int64 = 0) -> ByteSink { ByteSink(open: file.open, place: .at(offset)) }

    /// Writes at the end of a file that was opened for appending.
    public static func end(of file: File) -> ByteSink { ByteSink(open: file.open, place: .end) }

    var isPipe: Bool {
        if case .inOrder(isPipe: true) = place { true } else { false }
    }

    /// Where the first byte goes in a file; nil where bytes go in order.
    var offset: Int64? {
        if case .at(let offset) = place { offset } else { nil }
    }

    /// Puts all bytes, that come after as many as `position` says.
    ///
    /// - Throws: a failure that tells how many of them were put before.
    nonisolated(nonsending) func put(_ region: MemoryRegion, at position: Int64) async throws(IOFailure) {
        if region.count == 0 { return }
        let handle = open.handle
        switch place {
        case .inOrder: try await open.performWhole(region) { rest, _ in .stream(.send(handle, from: rest)) }
        case .end: try await open.performWhole(region) { rest, _ in .file(.append(handle, from: rest)) }
        case .at(let offset):
            // The far end of what can be is for the backend to refuse.
            try await open.performWhole(region) { rest, moved in
                .file(.write(handle, from: rest, at: offset &+ position &+ Int64(moved)))
            }
        }
    }
}
