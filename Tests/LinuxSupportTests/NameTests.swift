// Names beneath a directory: where they may lead, and how they are listed.

import CLinuxIO
import Glibc
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("Names beneath a directory")
struct NameTests {
    private func run(_ operation: PathOperation, in directory: NativeHandle) -> Int32? {
        guard case .finished(let result, _) = BlockingCall.run(.path(operation), on: directory, and: directory, nonBlocking: true) else {
            return nil
        }
        return result
    }

    private func make(_ name: String, in directory: TemporaryDirectory) -> Int32? {
        let path = Memory(path: name)
        return withExtendedLifetime(path) {
            run(.makeDirectory(beneath: .invalid, path: path.path, permissions: 0o700), in: directory.handle)
        }
    }

    private func remove(_ name: String, in directory: TemporaryDirectory) -> Int32? {
        let path = Memory(path: name)
        return withExtendedLifetime(path) { run(.removeDirectory(beneath: .invalid, path: path.path), in: directory.handle) }
    }

    @Test(
        "are found in the directory that the rest of the path leads to, however it is written",
        arguments: ["d/e", "./d/e", "d//e", "d/./e/", "d/../d/e//", "d/e/"])
    func lastComponent(name: String) throws {
        let directory = try TemporaryDirectory()
        #expect(make("d", in: directory) == 0)
        #expect(make(name, in: directory) == 0)
        #expect(directory.contains("d/e"))
        #expect(remove(name, in: directory) == 0)
        #expect(remove("d", in: directory) == 0)
    }

    @Test(
        "lead nowhere outside, with or without a name at the end",
        arguments: ["..", "../x", "d/../..", "/", "/tmp", "//", "d/../../x", "up/x", "up/.."])
    func outside(name: String) throws {
        let directory = try TemporaryDirectory()
        unsafe symlink("..", "\(directory.name)/up")
        #expect(make("d", in: directory) == 0)
        let result = try #require(make(name, in: directory))
        #expect(IOError(encoded: result) == IOError(.outsideDirectory))
        #expect(remove("d", in: directory) == 0)
    }

    @Test("hold no descriptor open, whatever comes of it")
    func descriptors() throws {
        let directory = try TemporaryDirectory()
        for name in ["d", "d/e", "d/e/f/g", "d/../..", "missing/x", "d/..", "."] { _ = make(name, in: directory) }
        #expect(openDescriptors(beneath: "\(directory.name)/") == 0)
        for name in ["d/e", "d", "missing", ".."] { _ = remove(name, in: directory) }
        #expect(openDescriptors(of: directory.name) == 1, "only the directory itself")
    }

    /// How many descriptors of this process refer to what a path begins with; other tests run beside this one and have theirs.
    private func openDescriptors(beneath prefix: String) -> Int {
        targets().count { $0.hasPrefix(prefix) }
    }

    private func openDescriptors(of path: String) -> Int {
        targets().count { $0 == path }
    }

    private func targets() -> [String] {
        let memory = Memory(4096)
        let start = unsafe memory.bytes.assumingMemoryBound(to: CChar.self).baseAddress!
        return (0..<1024).compactMap { number in
            let count = unsafe readlink("/proc/self/fd/\(number)", start, 4095)
            if count < 0 { return nil }
            unsafe start[count] = 0
            return unsafe String(cString: start)
        }
    }

    @Test("are listed with the kind that the file system does not keep, and without those that have gone")
    func unknownKinds() throws {
        let directory = try TemporaryDirectory()
        #expect(make("d", in: directory) == 0)
        unsafe symlink("d", "\(directory.name)/l")
        let memory = Memory(256)
        var count = 0
        for name in [".", "..", "d", "gone", "l"] {
            let length = (DirectoryEntry.nameOffset + name.utf8.count + 8) / 8 * 8
            unsafe memory.bytes.storeBytes(of: UInt16(length), toByteOffset: count + 16, as: UInt16.self)
            unsafe memory.bytes[count + 18] = 0
            for (index, byte) in name.utf8.enumerated() { unsafe memory.bytes[count + DirectoryEntry.nameOffset + index] = byte }
            count += length
        }
        let records = unsafe UnsafeMutableRawBufferPointer(rebasing: memory.bytes[..<count])
        let kept = try unsafe BlockingCall.convert(records, of: directory.handle) { false }
        let bytes = unsafe Array(memory.bytes[..<kept])
        let first = try #require(unsafe DirectoryEntry(in: bytes.span.bytes, at: 0))
        let second = try #require(unsafe DirectoryEntry(in: bytes.span.bytes, at: first.length))
        #expect(bytes[first.name].elementsEqual("d".utf8) && first.kind == .directory)
        #expect(bytes[second.name].elementsEqual("l".utf8) && second.kind == .symbolicLink)
        #expect(first.length + second.length == kept)
        #expect(remove("d", in: directory) == 0)
    }
}
