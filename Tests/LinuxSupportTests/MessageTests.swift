// Messages on the kernel's own sockets, and what comes with them.

import CLinuxIO
import Glibc
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("A message")
struct MessageTests {
    /// Memory that holds a message of `count` bytes.
    private struct Letter {
        let bytes: Memory
        let list: Memory
        let places: Memory
        let message: Memory

        init(_ count: Int, handles: Int = 0) {
            bytes = Memory(count)
            list = Memory(MemoryLayout<MemoryRegion>.size)
            places = Memory(handles * MemoryLayout<Handle>.size)
            message = Memory(MemoryLayout<Message>.size)
            unsafe list.bytes.storeBytes(of: bytes.region, as: MemoryRegion.self)
            let segments = unsafe SegmentList(UnsafeBufferPointer(rebasing: list.bytes.bindMemory(to: MemoryRegion.self)[...]))
            unsafe message.bytes.storeBytes(of: Message(segments, handles: places.region), as: Message.self)
        }

        var send: Operation { .message(.send(.invalid, message.region)) }
        var receive: Operation { .message(.receive(.invalid, message.region)) }
        var received: Message { unsafe message.bytes.load(as: Message.self) }
        func handle(_ index: Int) -> NativeHandle {
            unsafe places.bytes.load(fromByteOffset: index * MemoryLayout<NativeHandle>.stride, as: NativeHandle.self)
        }
    }

    private func result(_ outcome: AttemptOutcome) -> Int32? {
        if case .finished(let result, _) = outcome { result } else { nil }
    }

    private func isForPatientWorker(_ outcome: AttemptOutcome) -> Bool {
        if case .blocks(bounded: false) = outcome { true } else { false }
    }

    @Test("that is empty is told from the end of packets, also when it is the last one")
    func endOfPackets() throws {
        let (sender, receiver) = try Acquisition.acquire(pair: .packets, nonBlocking: true)
        defer { Acquisition.discard(receiver) }
        let empty = Letter(0)
        let room = Letter(8)
        #expect(result(Attempt.start(empty.send, on: sender)) == 0)
        Acquisition.discard(sender)
        #expect(result(Attempt.start(room.receive, on: receiver)) == 0)
        #expect(!room.received.flags.contains(.endOfStream))
        #expect(result(Attempt.start(room.receive, on: receiver)) == 0)
        #expect(room.received.flags.contains(.endOfStream))
    }

    @Test("brings descriptors of its own, close-on-exec, and closes those without room")
    func descriptors() throws {
        let (sender, receiver) = try Acquisition.acquire(pair: .streams, nonBlocking: true)
        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        defer { [sender, receiver, pipe.first].forEach(Acquisition.discard) }
        let letter = Letter(1)
        let room = Letter(1, handles: 1)
        let passed = [pipe.second, pipe.second, pipe.second]
        #expect(result(Attempt.start(letter.send, on: sender, passing: PassedDescriptors(passed.span))) == 1)
        Acquisition.discard(pipe.second)
        #expect(result(Attempt.start(room.receive, on: receiver)) == 1)
        #expect(room.received.handleCount == 1)
        #expect(room.received.flags.contains(.handlesTruncated))
        let handle = room.handle(0)
        #expect(handle.kind == .pipe)
        #expect(handle.traits == .writing)
        #expect(isCloseOnExec(handle.number))
        Acquisition.discard(handle)
        // Nobody has the writing end any more.
        #expect(result(Attempt.start(.stream(.receive(.invalid, into: room.bytes.region)), on: pipe.first)) == 0)
    }

    @Test("keeps descriptors of its own while it waits, which no number that is taken again replaces")
    func duplicates() throws {
        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        defer { Acquisition.discard(pipe.first) }
        var table = PassedDescriptorTable(operations: 4)
        try table.keep(duplicatesOf: PassedDescriptors([pipe.second].span), for: 2)
        Acquisition.discard(pipe.second)
        let kept = table.descriptors(of: 2)
        #expect(kept?.count == 1)
        #expect(kept.map { isCloseOnExec($0.numbers[0]) } == true)
        let memory = Memory(1)
        let receive = Operation.stream(.receive(.invalid, into: memory.region))
        #expect(result(Attempt.start(receive, on: pipe.first)) == nil)
        let taken = table.take(2)
        let isGone = table.descriptors(of: 2) == nil
        #expect(isGone)
        // What was taken is not closed with the slot.
        table.release(2)
        #expect(result(Attempt.start(receive, on: pipe.first)) == nil)
        taken.close()
        #expect(result(Attempt.start(receive, on: pipe.first)) == 0)
    }

    @Test(
        "to a local name whose receiver has no room is for a worker, which sends it once there is room, or tries once more when it is stopped"
    )
    func room() throws {
        let directory = try TemporaryDirectory()
        let address = try #require(SocketAddress.local("\(directory.name)/s".utf8))
        let receiver = try Acquisition.acquire(.datagram(.local, at: address), nonBlocking: true)
        let sender = try Acquisition.acquire(.datagram(.local, at: nil), nonBlocking: true)
        defer { [sender, receiver].forEach(Acquisition.discard) }
        let name = Memory(address: address)
        let letter = Letter(1)
        unsafe letter.message.bytes.withMemoryRebound(to: Message.self) { unsafe $0[0].address = name.region }
        var sent = 0
        while result(Attempt.start(letter.send, on: sender)) == 1 { sent += 1 }
        #expect(sent > 0)
        #expect(isForPatientWorker(Attempt.start(letter.send, on: sender)))
        func onWorker(isStopped: Bool) -> Int32? {
            guard case .finished(let ended, _) = BlockingCall.awaitPeer(letter.send, on: sender, isStopped: { isStopped }) else {
                return nil
            }
            return ended
        }
        #expect(onWorker(isStopped: true) == IOError(.cancelled).encoded)
        let room = Letter(1)
        for _ in 0..<sent { #expect(result(Attempt.start(room.receive, on: receiver)) == 1) }
        #expect(onWorker(isStopped: false) == 1)
        #expect(onWorker(isStopped: true) == 1)
        for _ in 0..<2 { #expect(result(Attempt.start(room.receive, on: receiver)) == 1) }
    }

    @Test("brings what waits, and an attempt on that never does")
    func blockingDescriptors() throws {
        let directory = try TemporaryDirectory()
        directory.makeNamedPipe("fifo")
        let memory = Memory(1)
        let receive = Operation.stream(.receive(.invalid, into: memory.region))
        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: false)
        let named = unsafe linuxio_openat(directory.handle.number, "fifo", O_RDWR, 0)
        let listener = try Acquisition.acquire(.listener(at: .loopback4(), backlog: 1), nonBlocking: false)
        defer { [pipe.first, pipe.second, listener].forEach(Acquisition.discard) }
        defer { _ = linuxio_close(named) }
        if case .finished = Attempt.start(receive, on: NativeHandle(received: pipe.first.number)) {
            Issue.record("an empty pipe gave something")
        }
        #expect(isForPatientWorker(Attempt.start(receive, on: NativeHandle(received: named))))
        #expect(isForPatientWorker(Attempt.start(.stream(.accept(.invalid)), on: NativeHandle(received: listener.number))))
    }

    @Test("brings descriptors that are described by what they are")
    func kinds() throws {
        let datagram = try Acquisition.acquire(.datagram(.internet4, at: nil), nonBlocking: true)
        let packets = try Acquisition.acquire(.packets(.local), nonBlocking: true)
        let stream = try Acquisition.acquire(.stream(.internet6), nonBlocking: true)
        let listener = try Acquisition.acquire(.listener(at: .loopback4(), backlog: 1), nonBlocking: true)
        let counter = linuxio_eventfd(0, LINUXIO_EFD_CLOEXEC)
        defer { [datagram, packets, stream, listener].forEach(Acquisition.discard) }
        defer { _ = linuxio_close(counter) }
        for handle in [datagram, packets, stream, listener] { #expect(NativeHandle(received: handle.number) == handle) }
        #expect(NativeHandle(received: counter).kind == .foreign)
        let directory = try TemporaryDirectory()
        #expect(NativeHandle(received: directory.handle.number).kind == .directory)
    }
}
