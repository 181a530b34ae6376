// Splicing, and the ends of processes.

import CLinuxIO
import Glibc
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("A splice")
struct SpliceTests {
    private func result(_ outcome: AttemptOutcome) -> Int32? {
        if case .finished(let result, _) = outcome { result } else { nil }
    }

    private func direction(_ outcome: AttemptOutcome) -> Direction? {
        if case .wouldBlock(let direction) = outcome { direction } else { nil }
    }

    private func isForWorker(_ outcome: AttemptOutcome) -> Bool {
        if case .blocks = outcome { true } else { false }
    }

    private func discard(_ handles: [NativeHandle]) { handles.forEach(Acquisition.discard) }

    private func fill(_ handle: NativeHandle) {
        let memory = Memory(4096)
        while case .finished(let count, _) = Attempt.start(.stream(.send(.invalid, from: memory.region)), on: handle), count > 0 {}
    }

    @Test("waits for the end that is not ready, and then takes what there is", arguments: [false, true])
    func pipes(nonBlocking: Bool) throws {
        let from = try Acquisition.acquire(pair: .pipe, nonBlocking: nonBlocking)
        let to = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        defer { discard([from.first, from.second, to.first, to.second]) }
        let splice = SpliceCall(from: from.first, to: to.second, count: 100, offset: 0)
        #expect(direction(splice.attempt()) == .receiving)
        #expect(unsafe linuxio_write(from.second.number, "abc", 3) == 3)
        #expect(result(splice.attempt()) == 3)
        fill(to.second)
        #expect(unsafe linuxio_write(from.second.number, "d", 1) == 1)
        #expect(direction(splice.attempt()) == .sending)
    }

    @Test("never waits for a stream that blocks, nor sends to one on the caller's thread")
    func blockingStream() throws {
        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: false)
        let pair = try Acquisition.acquire(pair: .streams, nonBlocking: false)
        defer { discard([pipe.first, pipe.second, pair.first]) }
        let out = SpliceCall(from: pipe.first, to: pair.first, count: 1 << 20, offset: 0)
        let into = SpliceCall(from: pair.first, to: pipe.second, count: 100, offset: 0)
        #expect(direction(into.attempt()) == .receiving)
        #expect(direction(out.attempt()) == .receiving)
        #expect(unsafe linuxio_write(pipe.second.number, "abc", 3) == 3)
        #expect(isForWorker(out.attempt()))
        #expect(out.run { false } == 3)
        discard([pair.second])
        #expect(result(into.attempt()) == IOError.encoded(errno: ECONNRESET) || result(into.attempt()) == 0)
    }

    @Test("on a worker moves what fits into a stream that nobody reads, and no more")
    func partial() throws {
        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        let pair = try Acquisition.acquire(pair: .streams, nonBlocking: false)
        defer { discard([pipe.first, pipe.second, pair.first, pair.second]) }
        #expect(linuxio_set_pipe_size(pipe.second.number, 1 << 20) >= 1 << 20)
        fill(pipe.second)
        let moved = SpliceCall(from: pipe.first, to: pair.first, count: 1 << 20, offset: 0).run { false }
        #expect(moved > 0 && moved < 1 << 20)
        #expect(linuxio_readable_bytes(pair.second.number) == moved)
    }

    // The disposition of SIGPIPE is the default one here: a signal would end the tests.
    @Test("to nobody is a broken pipe, and raises no signal", arguments: [PairedResource.pipe, .streams])
    func broken(resource: PairedResource) throws {
        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        let (reader, writer) = try Acquisition.acquire(pair: resource, nonBlocking: true)
        defer { discard([pipe.first, pipe.second, writer]) }
        discard([reader])
        #expect(unsafe linuxio_write(pipe.second.number, "abc", 3) == 3)
        let outcome = SpliceCall(from: pipe.first, to: writer, count: 3, offset: 0).attempt()
        #expect(result(outcome).flatMap(IOError.init(encoded:)) == IOError(.brokenPipe))
    }

    @Test("of a pipe into itself is an invalid argument, and a file is a worker's")
    func refusals() throws {
        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        defer { discard([pipe.first, pipe.second]) }
        let itself = SpliceCall(from: pipe.first, to: pipe.second, count: 3, offset: 0)
        #expect(result(itself.attempt()).flatMap(IOError.init(encoded:)) == IOError(.invalidArgument))
        let file = unsafe linuxio_memfd_create("spliced", LINUXIO_MFD_CLOEXEC)
        defer { _ = linuxio_close(file) }
        let handle = NativeHandle(number: file, kind: .file, traits: [.reading, .writing])
        let into = SpliceCall(from: pipe.first, to: handle, count: 3, offset: 7)
        #expect(direction(into.attempt()) == .receiving)
        #expect(unsafe linuxio_write(pipe.second.number, "abc", 3) == 3)
        #expect(isForWorker(into.attempt()))
        #expect(into.run { false } == 3)
        let out = SpliceCall(from: handle, to: pipe.second, count: 100, offset: 8)
        #expect(isForWorker(out.attempt()))
        #expect(out.run { false } == 2)
    }
}

@Suite("The end of a process")
struct ProcessEndTests {
    private func ended(_ arguments: [String]) throws -> NativeHandle {
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var child: pid_t = 0
        #expect(unsafe posix_spawn(&child, arguments[0], nil, nil, &words, nil) == 0)
        let handle = try Acquisition.acquire(.process(number: child), nonBlocking: false)
        #expect(linuxio_poll(handle.number, Int16(POLLIN), 10_000) > 0)
        return handle
    }

    private func result(_ handle: NativeHandle) -> Int32? {
        if case .finished(let result, _) = Attempt.start(.watch(.processEnd(.invalid)), on: handle) { result } else { nil }
    }

    @Test("is told once, as a code or a signal", arguments: [("exit 7", 7), ("kill -9 $$", 256 + 9)] as [(String, Int32)])
    func endings(command: String, ending: Int32) throws {
        let handle = try ended(["/bin/sh", "-c", command])
        defer { Acquisition.discard(handle) }
        #expect(result(handle) == ending)
        #expect(result(handle).flatMap(IOError.init(encoded:)) == IOError(.notFound))
    }

    @Test("of what is no child cannot be asked for", arguments: [0, -1, 1, Int32.max])
    func strangers(number: Int32) {
        #expect(throws: IOError(.notFound)) { try Acquisition.acquire(.process(number: number), nonBlocking: false) }
    }
}
