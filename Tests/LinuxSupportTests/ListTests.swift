// Listing a directory whose position is shared with somebody else.

import CLinuxIO
import Glibc
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("A listing")
struct ListTests {
    private func list(_ directory: NativeHandle, into memory: Memory, after cursor: UInt64 = 0) -> Int32 {
        BlockingCall.list(directory, into: memory.region, after: cursor) { false }
    }

    private func sharing(_ directory: TemporaryDirectory) -> NativeHandle {
        NativeHandle(number: directory.handle.number, kind: .directory, traits: [.reading, .sharingPosition])
    }

    @Test("moves its own directory's position, and leaves one alone that somebody else shares")
    func positions() throws {
        let directory = try TemporaryDirectory()
        for name in ["a", "b", "c"] { directory.makeNamedPipe(name) }
        let memory = Memory(1024)
        let number = directory.handle.number
        #expect(list(directory.handle, into: memory) > 0)
        let moved = lseek(number, 0, SEEK_CUR)
        #expect(moved > 0)
        _ = lseek(number, 0, SEEK_SET)
        #expect(list(sharing(directory), into: memory) == 3 * 24)
        #expect(lseek(number, 0, SEEK_CUR) == 0)
    }

    @Test("of a directory that was removed is notFound, whoever shares its position")
    func removed() throws {
        let directory = try TemporaryDirectory()
        let path = directory.name + "/gone"
        #expect(unsafe mkdir(path, 0o700) == 0)
        let number = unsafe linuxio_openat(LINUXIO_AT_FDCWD, path, O_RDONLY | LINUXIO_O_DIRECTORY | LINUXIO_O_CLOEXEC, 0)
        try #require(number >= 0)
        defer { _ = linuxio_close(number) }
        #expect(unsafe rmdir(path) == 0)
        let memory = Memory(1024)
        for traits in [.reading, [.reading, .sharingPosition]] as [HandleTraits] {
            let handle = NativeHandle(number: number, kind: .directory, traits: traits)
            #expect(IOError(encoded: list(handle, into: memory))?.cause == .notFound)
        }
    }

    @Test("of a directory that came from elsewhere does not rely on its position")
    func received() throws {
        let directory = try TemporaryDirectory()
        let copy = linuxio_duplicate(directory.handle.number)
        defer { _ = linuxio_close(copy) }
        let handle = NativeHandle(received: copy)
        #expect(handle.kind == .directory)
        #expect(handle.traits == [.reading, .sharingPosition])
    }
}
