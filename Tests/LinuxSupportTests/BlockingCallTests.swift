// Operations on files, to their end.

import CLinuxIO
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("A blocking call")
struct BlockingCallTests {
    private func run(_ operation: FileOperation, on file: NativeHandle) -> Int32? {
        if case .finished(let result, _) = BlockingCall.run(.file(operation), on: file, nonBlocking: true) { result } else { nil }
    }

    private func open(_ options: OpenOptions, in directory: TemporaryDirectory) throws -> NativeHandle {
        guard case .finished(let number, .file) = directory.open("file", options), number >= 0 else { throw IOError(.other) }
        return NativeHandle(number: number, kind: .file, traits: [.reading, .writing])
    }

    @Test("tells the same status with and without the query that tells of alignments", arguments: ["/dev/null", "/etc/passwd", "/tmp"])
    func basicStatus(path: String) throws {
        let descriptor = unsafe linuxio_openat(LINUXIO_AT_FDCWD, path, LINUXIO_O_PATH | LINUXIO_O_CLOEXEC, 0)
        try #require(descriptor >= 0)
        defer { _ = linuxio_close(descriptor) }
        var full = linuxio_statx()
        var basic = stat()
        try #require(unsafe linuxio_statx(descriptor, "", LINUXIO_AT_EMPTY_PATH, FileStatus.nativeMask, &full) == 0)
        try #require(unsafe linuxio_fstat(descriptor, &basic) == 0)
        var expected = FileStatus(full)
        expected.directMemoryAlignment = 0
        expected.directOffsetAlignment = 0
        expected.birthTime = 0
        #expect(FileStatus(basic) == expected)
    }

    @Test("fills and empties segments in order, which are laid out as the kernel's")
    func vectors() throws {
        let native = unsafe MemoryLayout<iovec>.self
        #expect(unsafe MemoryLayout<MemoryRegion>.size == native.size)
        #expect(unsafe MemoryLayout<MemoryRegion>.stride == native.stride)
        #expect(unsafe MemoryLayout<MemoryRegion>.alignment == native.alignment)
        #expect(unsafe MemoryLayout<MemoryRegion>.offset(of: \.address) == native.offset(of: \.iov_base))
        #expect(unsafe MemoryLayout<MemoryRegion>.offset(of: \.count) == native.offset(of: \.iov_len))

        let directory = try TemporaryDirectory()
        let file = try open([.reading, .writing, .creating], in: directory)
        defer { Acquisition.discard(file) }
        let first = Memory(3, filledWith: 1)
        let second = Memory(5, filledWith: 2)
        let segments = [first.region, .empty, second.region]
        let written = unsafe segments.withUnsafeBufferPointer {
            run(.writeVectored(.invalid, from: unsafe SegmentList($0), at: 10), on: file)
        }
        #expect(written == 8)
        let back = Memory(18, filledWith: 9)
        #expect(run(.read(.invalid, into: back.region, at: 0), on: file) == 18)
        #expect(unsafe Array(back.bytes) == Array(repeating: 0, count: 10) + [1, 1, 1, 2, 2, 2, 2, 2])
        let reversed = [second.region, first.region]
        let read = unsafe reversed.withUnsafeBufferPointer { run(.readVectored(.invalid, into: unsafe SegmentList($0), at: 10), on: file) }
        #expect(read == 8)
        #expect(unsafe Array(second.bytes) == [1, 1, 1, 2, 2])
    }

    @Test("appends at the end, truncates, synchronizes, and tells the status")
    func files() throws {
        let directory = try TemporaryDirectory()
        let file = try open([.reading, .appending, .creating], in: directory)
        defer { Acquisition.discard(file) }
        let memory = Memory(100)
        #expect(run(.append(.invalid, from: memory.region), on: file) == 100)
        #expect(run(.append(.invalid, from: memory.region), on: file) == 100)
        #expect(run(.synchronize(.invalid), on: file) == 0)
        #expect(run(.synchronizeData(.invalid), on: directory.handle) == 0)
        let status = Memory(MemoryLayout<FileStatus>.size)
        #expect(run(.status(.invalid, into: status.region), on: file) == 0)
        let value = unsafe status.region.load(as: FileStatus.self)
        #expect(value.size == 200)
        #expect(value.kind == .file)
        #expect(value.permissions == 0o600)
        #expect(value.linkCount == 1)
        #expect(run(.truncate(.invalid, to: 7), on: file) == 0)
        #expect(run(.status(.invalid, into: status.region), on: file) == 0)
        #expect(unsafe status.region.load(as: FileStatus.self).size == 7)
        #expect(run(.status(.invalid, into: status.region), on: directory.handle) == 0)
        #expect(unsafe status.region.load(as: FileStatus.self).kind == .directory)
    }
}
