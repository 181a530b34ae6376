// Trying operations without waiting.

import CLinuxIO
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("An attempt")
struct AttemptTests {
    private func result(_ outcome: AttemptOutcome) -> Int32? {
        if case .finished(let result, _) = outcome { result } else { nil }
    }

    private func direction(_ outcome: AttemptOutcome) -> Direction? {
        if case .wouldBlock(let direction) = outcome { direction } else { nil }
    }

    @Test("never waits on a pair that is empty or full, and moves what there is", arguments: [PairedResource.streams, .pipe])
    func pairs(resource: PairedResource) throws {
        let (reader, writer) = try Acquisition.acquire(pair: resource, nonBlocking: true)
        defer {
            Acquisition.discard(reader)
            Acquisition.discard(writer)
        }
        let memory = Memory(1 << 20)
        let receive = Operation.stream(.receive(.invalid, into: memory.region))
        let send = Operation.stream(.send(.invalid, from: memory.region))
        #expect(direction(Attempt.start(receive, on: reader)) == .receiving)
        var sent = 0
        while let count = result(Attempt.start(send, on: writer)), count > 0 { sent += Int(count) }
        #expect(direction(Attempt.resume(send, on: writer)) == .sending)
        var received = 0
        while let count = result(Attempt.resume(receive, on: reader)), count > 0 { received += Int(count) }
        #expect(sent > 0)
        #expect(received == sent)
    }

    // The disposition of SIGPIPE is the default one here: a signal would end the tests.
    @Test("on a pair whose other end is gone is a broken pipe, and raises no signal", arguments: [PairedResource.streams, .pipe])
    func brokenPipe(resource: PairedResource) throws {
        let (reader, writer) = try Acquisition.acquire(pair: resource, nonBlocking: true)
        Acquisition.discard(reader)
        defer { Acquisition.discard(writer) }
        let memory = Memory(16)
        let outcome = Attempt.start(.stream(.send(.invalid, from: memory.region)), on: writer)
        #expect(result(outcome).flatMap(IOError.init(encoded:)) == IOError(.brokenPipe))
        if resource == .streams { return }
        let masked = unsafe linuxio_write_without_signal(writer.number, memory.bytes.baseAddress!, 16)
        #expect(masked == -Int(EPIPE))
    }

    @Test("on a stream that was never connected is not connected", arguments: [SocketAddress.Family.internet4, .internet6, .local])
    func unconnected(family: SocketAddress.Family) throws {
        let stream = try Acquisition.acquire(.stream(family), nonBlocking: true)
        defer { Acquisition.discard(stream) }
        let memory = Memory(16)
        let send = Attempt.start(.stream(.send(.invalid, from: memory.region)), on: stream)
        #expect(result(send).flatMap(IOError.init(encoded:)) == IOError(.notConnected))
        guard family != .local else { return }
        let receive = Attempt.start(.stream(.receive(.invalid, into: memory.region)), on: stream)
        #expect(result(receive).flatMap(IOError.init(encoded:)) == IOError(.notConnected))
    }

    @Test("to connect tells the real outcome once the stream is ready, and not before")
    func connecting() throws {
        let listener = try Acquisition.acquire(.listener(at: .loopback4(), backlog: 4), nonBlocking: true)
        let address = Memory(address: try Acquisition.localAddress(of: listener))
        let connect = Operation.stream(.connect(.invalid, to: address.region))
        let first = try Acquisition.acquire(.stream(.internet4), nonBlocking: true)
        #expect(finish(connect, on: first) == 0)
        #expect(result(Attempt.start(connect, on: first)).flatMap(IOError.init(encoded:)) == IOError(.alreadyConnected))

        let accepted = result(Attempt.start(.stream(.accept(.invalid)), on: listener)) ?? -1
        #expect(accepted >= 0)
        #expect(isCloseOnExec(accepted))
        #expect(linuxio_socket_option(accepted, LINUXIO_IPPROTO_TCP, LINUXIO_TCP_NODELAY) != 0)

        Acquisition.discard(listener)
        let second = try Acquisition.acquire(.stream(.internet4), nonBlocking: true)
        #expect(finish(connect, on: second).flatMap(IOError.init(encoded:)) == IOError(.connectionRefused))
        [first.number, second.number, accepted].forEach { _ = linuxio_close($0) }
    }

    private func finish(_ connect: Operation, on stream: NativeHandle) -> Int32? {
        let outcome = Attempt.start(connect, on: stream)
        guard direction(outcome) == .sending else { return result(outcome) }
        guard linuxio_poll(stream.number, 4, 10_000) != 0 else { return nil }
        return result(Attempt.resume(connect, on: stream))
    }

    @Test("reads what the page cache holds, and leaves to workers what is long, direct or written")
    func files() throws {
        let directory = try TemporaryDirectory()
        guard case .finished(let number, _) = directory.open("file", [.reading, .writing, .creating]) else { return }
        defer { _ = linuxio_close(number) }
        let file = NativeHandle(number: number, kind: .file, traits: [.reading, .writing])
        let memory = Memory(Attempt.inlineReadBytes + 1, filledWith: 7)
        let write = Operation.file(.write(.invalid, from: memory.region, at: 0))
        #expect(isForWorker(Attempt.start(write, on: file)))
        guard case .finished(Int32(Attempt.inlineReadBytes + 1), _) = BlockingCall.run(write, on: file, nonBlocking: true) else {
            Issue.record("the file was not written")
            return
        }
        #expect(result(Attempt.start(.file(.read(.invalid, into: memory.region(0..<100), at: 50)), on: file)) == 100)
        #expect(result(Attempt.start(.file(.read(.invalid, into: memory.region(0..<100), at: 1 << 40)), on: file)) == 0)
        #expect(isForWorker(Attempt.start(.file(.read(.invalid, into: memory.region, at: 0)), on: file)))
        let direct = NativeHandle(number: number, kind: .file, traits: [.reading, .direct])
        #expect(isForWorker(Attempt.start(.file(.read(.invalid, into: memory.region(0..<4096), at: 0)), on: direct)))
    }

    private func isForWorker(_ outcome: AttemptOutcome) -> Bool {
        if case .blocks(bounded: true) = outcome { true } else { false }
    }
}
