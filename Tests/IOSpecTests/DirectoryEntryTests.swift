// Reading the records of a directory listing.

import IOSpec
import Testing

@Suite("Directory entries")
struct DirectoryEntryTests {
    private func record(_ name: String, identity: UInt64 = 7, cursor: UInt64 = 9, kind: UInt8 = 0, length: UInt16? = nil) -> [UInt8] {
        let unpadded = DirectoryEntry.nameOffset + name.utf8.count + 1
        let padded = (unpadded + 7) / 8 * 8
        var bytes: [UInt8] = []
        append(identity, to: &bytes)
        append(cursor, to: &bytes)
        append(length ?? UInt16(padded), to: &bytes)
        bytes.append(kind)
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: repeatElement(0, count: padded - bytes.count))
        return bytes
    }

    private func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: number) { unsafe bytes.append(contentsOf: $0) }
    }

    private func entry(_ bytes: [UInt8], at offset: Int) -> DirectoryEntry? {
        unsafe DirectoryEntry(in: bytes.span.bytes, at: offset)
    }

    @Test("Records are read one after the other")
    func reads() throws {
        let bytes =
            record("a", identity: 1, cursor: 11, kind: FileStatus.Kind.directory.rawValue)
            + record("some-longer-name", identity: 2, cursor: 12)
        let first = try #require(entry(bytes, at: 0))
        #expect(first.identity == 1)
        #expect(first.cursor == 11)
        #expect(first.kind == .directory)
        #expect(bytes[first.name] == [97])
        let second = try #require(entry(bytes, at: first.length))
        #expect(second.kind == .file)
        #expect(String(decoding: bytes[second.name], as: UTF8.self) == "some-longer-name")
        #expect(first.length + second.length == bytes.count)
        #expect(entry(bytes, at: bytes.count) == nil)
    }

    @Test("What is no record is not read: cut off, of no length, of an unknown kind", arguments: [0, 1, 2, 3])
    func refuses(mistake: Int) {
        let bytes =
            switch mistake {
            case 0: Array(record("name").dropLast())
            case 1: record("name", length: 0)
            case 2: record("name", length: 1000)
            default: record("name", kind: 200)
            }
        #expect(entry(bytes, at: 0) == nil)
        #expect(entry(bytes, at: -1) == nil)
    }
}
