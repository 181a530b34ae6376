// Full transfers: what is left is started again, at the right place.

import IOEngine
import IOSpec
import Testing

@Suite("Full transfers")
struct TransferTests {
    @Test("A short write goes on behind what was written")
    func writesGoOn() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile()
        test.script.starts.removeAll()
        try test.submit(.file(.write(file, from: test.region(0, 100), at: 50)))
        test.script.end(.write, with: 30)
        #expect(test.reap().isEmpty)
        #expect(test.script.starts.last == .file(.write(file, from: test.region(30, 70), at: 80)))
        test.script.end(.write, with: 70)
        #expect(test.reap().map(\.result) == [100])
    }

    @Test("A vectored read that stops inside a segment goes on with its rest, then with the segments after it")
    func vectoredReadsGoOn() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile()
        let list = test.segments([test.region(0, 10), test.region(10, 10), test.region(20, 10)])
        try test.submit(.file(.readVectored(file, into: list, at: 5)))
        test.script.end(.readVectored, with: 14)
        _ = test.reap()
        #expect(test.script.starts.last == .file(.read(file, into: test.region(14, 6), at: 19)))
        test.script.end(.read, with: 6)
        _ = test.reap()
        #expect(test.script.starts.last == .file(.readVectored(file, into: list.dropping(2), at: 25)))
        test.script.end(.readVectored, with: 10)
        #expect(test.reap().map(\.result) == [30])
    }

    @Test("An error after some bytes had moved reports the bytes")
    func movedBytesAreReported() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile()
        try test.submit(.file(.write(file, from: test.region(0, 100), at: 0)))
        test.script.end(.write, with: 64)
        _ = test.reap()
        test.script.end(.write, with: IOError(.noSpace).encoded)
        #expect(test.reap().map(\.result) == [64])
    }

    @Test("A cancelled send that had moved something reports it and does not go on")
    func cancelledSends() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        let id = try test.submit(.stream(.send(stream, from: test.region(0, 100))))
        test.script.end(.send, with: 40)
        _ = test.reap()
        test.engine.cancel(id)
        test.script.endStopped()
        #expect(test.reap().map(\.result) == [40])
        #expect(test.script.started.isEmpty)
    }

    @Test("After a reset every operation on the stream says so")
    func resetsStay() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        test.script.end(.receive, with: IOError(.connectionReset).encoded)
        _ = test.reap()
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        try test.submit(.stream(.send(stream, from: test.region(0, 8))))
        #expect(test.reap().map(\.error) == [IOError(.connectionReset), IOError(.connectionReset)])
    }
}
