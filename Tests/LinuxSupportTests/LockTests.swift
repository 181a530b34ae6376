// Locks that wait on a worker thread.

import CLinuxIO
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("Locking a file", .serialized)
struct LockTests {
    private func open(in directory: TemporaryDirectory) throws -> NativeHandle {
        guard case .finished(let number, .file) = directory.open("file", [.reading, .writing, .creating]), number >= 0 else {
            throw IOError(.other)
        }
        return NativeHandle(number: number, kind: .file, traits: [.reading, .writing])
    }

    private let lock = Operation.file(.lock(.invalid, .exclusive))

    @Test("is had at once or waits for its holder, and never stays with one that was stopped")
    func waiting() throws {
        let directory = try TemporaryDirectory()
        let files = try (0..<3).map { _ in try open(in: directory) }
        defer { files.forEach(Acquisition.discard) }
        guard case .finished(0, _) = Attempt.start(lock, on: files[0]) else { throw IOError(.busy) }
        guard case .blocks(bounded: false) = Attempt.start(lock, on: files[1]) else { throw IOError(.other) }

        var owner = try PoolOwner()
        owner.pool.submit(1, lock, on: files[1], bounded: false)
        owner.pool.stop(1)
        #expect(owner.events(1) == [KernelEvent(slot: 1, result: IOError(.cancelled).encoded)])
        owner.pool.submit(2, lock, on: files[2], bounded: false)
        guard case .finished(0, _) = Attempt.start(.file(.unlock(.invalid)), on: files[0]) else { throw IOError(.other) }
        #expect(owner.events(1) == [KernelEvent(slot: 2, result: 0)])
    }

    @Test("is had by one that is asked to stop when nobody is in the way any more")
    func resultWins() throws {
        let directory = try TemporaryDirectory()
        let file = try open(in: directory)
        defer { Acquisition.discard(file) }
        #expect(BlockingCall.lock(file, .exclusive) { true } == 0)
        let other = try open(in: directory)
        defer { Acquisition.discard(other) }
        #expect(BlockingCall.tryLock(other, .shared) == -EWOULDBLOCK)
    }
}
