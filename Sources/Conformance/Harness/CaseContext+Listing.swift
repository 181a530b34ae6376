// Listing directories, and the records that a listing fills a buffer with.

public import IOSpec

/// One listed name, copied out of the buffer.
public struct ListedName: Hashable, Sendable {
    /// The bytes of the name, which are text in every case.
    public let name: String
    /// What the record says besides.
    public let kind: FileStatus.Kind
    public let identity: UInt64
    public let cursor: UInt64
}

extension CaseContext {
    /// The operation that lists a directory after a cursor.
    public func listing(_ directory: Handle, into memory: CaseBuffer, after cursor: UInt64 = 0) -> Operation {
        .file(.list(directory, into: memory.region, after: cursor))
    }

    /// What comes after a cursor, as far as it fits into `bytes` bytes; empty after the last name.
    public func list(_ directory: Handle, bytes: Int = 4096, after cursor: UInt64 = 0) throws -> [ListedName] {
        let memory = buffer(bytes)
        defer { release(memory) }
        return try names(in: memory, count: succeed(listing(directory, into: memory, after: cursor)))
    }

    /// Every name that comes after a cursor, listed piece by piece.
    public func listAll(
        _ directory: Handle, bytes: Int = 4096, after start: UInt64 = 0, between: (Int) throws -> Void = { _ in }
    ) throws -> [ListedName] {
        var all: [ListedName] = []
        var cursor = start
        while true {
            let piece = try list(directory, bytes: bytes, after: cursor)
            guard let last = piece.last else { return all }
            all += piece
            cursor = last.cursor
            // A listing that begins again and again would never end.
            try expect(all.count <= 20_000, "a listing of a few hundred names ends", clause: "directory.cursor")
            try between(all.count)
        }
    }

    /// The records in the first `count` bytes of what a listing filled; they must be whole.
    public func names(in memory: CaseBuffer, count: Int) throws -> [ListedName] {
        try expect(count <= memory.count, "a listing fills no more than its region (it says \(count))", clause: "directory.list")
        let bytes = memory.bytes(0, count)
        var names: [ListedName] = []
        var offset = 0
        while offset < count {
            guard let entry = unsafe DirectoryEntry(in: bytes.span.bytes, at: offset) else {
                throw CaseFailure("the bytes from \(offset) to \(count) of a listing are no record", clause: "directory.cursor")
            }
            let name = String(decoding: bytes[entry.name], as: UTF8.self)
            names.append(ListedName(name: name, kind: entry.kind, identity: entry.identity, cursor: entry.cursor))
            offset += entry.length
        }
        return names
    }

    /// Checks that a listing has exactly these names, each once, in any order.
    public func expectNames(_ listed: [ListedName], _ expected: some Sequence<String>, _ what: @autoclosure () -> String) throws {
        let expected = expected.sorted()
        let seen = listed.map(\.name).sorted()
        if seen == expected { return }
        let missing = Set(expected).subtracting(seen).sorted().prefix(3)
        let strange = Set(seen).subtracting(expected).sorted().prefix(3)
        throw CaseFailure(
            "\(what()): \(seen.count) names, expected \(expected.count); missing \(Array(missing)), unexpected \(Array(strange)), repeated \(seen.count - Set(seen).count)",
            clause: "directory.list")
    }
}
