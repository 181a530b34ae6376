// The names in a directory.

public import IOSpec

extension Directory {
    /// A name in a directory, and what it names.
    public struct Entry: Sendable {
        /// The bytes of the name, as the file system holds them.
        public let nameBytes: [UInt8]
        /// What kind of thing it names.
        public let kind: FileStatus.Kind
        /// Which file it names; as ``FileStatus/identity``, but for one on which another file system is mounted.
        public let identity: UInt64

        /// The name, in which what is no UTF-8 is replaced.
        public var name: String { String(decoding: nameBytes, as: UTF8.self) }
    }

    /// The names in a directory, asked for as they are needed.
    public struct Entries: AsyncSequence, Sendable {
        let open: OpenHandle

        public func makeAsyncIterator() -> Iterator { Iterator(open) }

        /// Goes through the names of one directory.
        public struct Iterator: AsyncIteratorProtocol {
            private let open: OpenHandle
            private var buffer = [UInt8](repeating: 0, count: 16_384)
            private var filled = 0
            private var offset = 0
            private var cursor: UInt64 = 0

            init(_ open: OpenHandle) {
                self.open = open
            }

            /// The next name, or nil after the last one.
            public mutating func next() async throws(IOFailure) -> Entry? {
                try await next(isolation: nil)
            }

            /// The next name, or nil after the last one.
            public mutating func next(isolation actor: isolated (any Actor)?) async throws(IOFailure) -> Entry? {
                if offset == filled {
                    try await fill()
                    if filled == 0 { return nil }
                }
                guard let entry = DirectoryEntry(in: unsafe buffer.span.bytes, at: offset)
                else {
                    throw IOFailure(IOError(.inputOutput), .list, of: open.name)
                }
                offset += entry.length
                cursor = entry.cursor
                return Entry(nameBytes: Array(buffer[entry.name]), kind: entry.kind, identity: entry.identity)
            }

            private nonisolated(nonsending) mutating func fill() async throws(IOFailure) {
                filled = 0
                offset = 0
                filled = try await open.list(into: &buffer, after: cursor)
            }
        }
    }

    /// The names in the directory, without `.` and `..`. What is there all the while comes exactly once, whatever else is made or removed meanwhile (clause `directory.list`).
    public var entries: Entries { Entries(open: open) }
}

extension OpenHandle {
    fileprivate nonisolated(nonsending) func list(into buffer: inout [UInt8], after cursor: UInt64) async throws(IOFailure) -> Int {
        var span = buffer.mutableSpan
        // Sound: any bytes are bytes.
        var bytes = unsafe span.mutableBytes
        defer { extendLifetime(bytes) }
        return try await perform(.file(.list(handle, into: MemoryRegion(filling: &bytes), after: cursor)))
    }
}
