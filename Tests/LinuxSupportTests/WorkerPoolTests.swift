// The two lanes of the worker pool, and ending jobs early.

import CLinuxIO
import Glibc
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("The worker pool", .serialized)
struct WorkerPoolTests {
    private func open(_ path: Memory, _ options: OpenOptions) -> Operation {
        .path(.open(beneath: .invalid, path: path.path, options: options, permissions: 0o600))
    }

    private var cancelled: Int32 { IOError(.cancelled).encoded }

    @Test("opens beside hundreds of opens that wait for their peers, and ends each of those when asked")
    func lanes() throws {
        let waiters = 300
        let directory = try TemporaryDirectory()
        let paths = (0..<waiters).map { Memory(path: "pipe-\($0)") }
        var owner = try PoolOwner()
        for (slot, path) in paths.enumerated() {
            directory.makeNamedPipe("pipe-\(slot)")
            owner.pool.submit(UInt32(slot), open(path, .reading), on: directory.handle)
        }
        #expect(becomesTrue { workerThreads() >= waiters })

        let file = Memory(path: "file")
        owner.pool.submit(400, open(file, [.writing, .creating]), on: directory.handle)
        let opened = owner.events(1)
        #expect(opened.map(\.slot) == [400])
        #expect(opened.map(\.made) == [.file])
        opened.forEach { _ = linuxio_close($0.result) }

        for slot in 0..<waiters { owner.pool.stop(UInt32(slot)) }
        let ended = owner.events(waiters)
        #expect(Set(ended.map(\.slot)) == Set(0..<UInt32(waiters)))
        #expect(ended.allSatisfy { IOError(encoded: $0.result) == IOError(.cancelled) })
        let outstanding = owner.pool.outstanding
        #expect(outstanding == 0)
        withExtendedLifetime(paths) {}
    }

    @Test("joins the two ends of a named pipe, close-on-exec and non-blocking")
    func namedPipe() throws {
        let directory = try TemporaryDirectory()
        directory.makeNamedPipe("pipe")
        let path = Memory(path: "pipe")
        var owner = try PoolOwner(workers: 1)
        owner.pool.submit(0, open(path, .reading), on: directory.handle)
        owner.pool.submit(1, open(path, .writing), on: directory.handle)
        let events = owner.events(2)
        #expect(events.count == 2)
        for event in events {
            #expect(event.result >= 0)
            #expect(event.made == .pipe)
            #expect(linuxio_status_flags(event.result) & LINUXIO_O_NONBLOCK != 0)
            #expect(isCloseOnExec(event.result))
            _ = linuxio_close(event.result)
        }
    }

    @Test("cancels a job that has not begun, with no effect, and interrupts one that waits, which tells what it had moved")
    func stopping() throws {
        let directory = try TemporaryDirectory()
        // The only worker waits in its write to a full pipe.
        let (reader, writer) = try Acquisition.acquire(pair: .pipe, nonBlocking: false)
        let capacity = Int(linuxio_set_pipe_size(writer.number, 4096))
        let block = Memory(capacity + 1)
        var owner = try PoolOwner(workers: 1)
        owner.pool.submit(0, .file(.append(.invalid, from: block.region)), on: writer)
        #expect(becomesTrue { linuxio_readable_bytes(reader.number) == Int32(capacity) })

        let path = Memory(path: "never-made")
        owner.pool.submit(1, open(path, [.writing, .creating]), on: directory.handle)
        owner.pool.stop(1)
        #expect(owner.events(1) == [KernelEvent(slot: 1, result: cancelled)])
        owner.pool.stop(0)
        #expect(owner.events(1) == [KernelEvent(slot: 0, result: Int32(capacity))])
        #expect(!directory.contains("never-made"))
        Acquisition.discard(reader)
        Acquisition.discard(writer)
    }

    @Test("does what needs no waiting by now, although it is stopped before its turn")
    func stoppingBeforeItsTurn() throws {
        let directory = try TemporaryDirectory()
        let (reader, writer) = try Acquisition.acquire(pair: .pipe, nonBlocking: false)
        let capacity = Int(linuxio_set_pipe_size(writer.number, 4096))
        let block = Memory(capacity + 1)
        var owner = try PoolOwner(workers: 1)
        guard case .finished(let number, _) = directory.open("file", [.reading, .writing, .creating]), number >= 0 else {
            Issue.record("no file")
            return
        }
        let file = NativeHandle(number: number, kind: .file, traits: [.reading, .writing])
        let three = Memory(3)
        #expect(unsafe linuxio_pwrite(number, three.bytes.baseAddress!, 3, 0) == 3)
        owner.pool.submit(0, .file(.append(.invalid, from: block.region)), on: writer)
        #expect(becomesTrue { linuxio_readable_bytes(reader.number) == Int32(capacity) })

        owner.pool.submit(1, .file(.read(.invalid, into: three.region, at: 0)), on: file)
        owner.pool.stop(1)
        #expect(owner.events(1) == [KernelEvent(slot: 1, result: 3)])
        owner.pool.stop(0)
        #expect(owner.events(1).count == 1)
        [reader, writer, file].forEach(Acquisition.discard)
    }

    @Test("closes what a message passes, whether it is sent or not")
    func passedDescriptors() throws {
        let directory = try TemporaryDirectory()
        let address = try #require(SocketAddress.local("\(directory.name)/s".utf8))
        let receiver = try Acquisition.acquire(.datagram(.local, at: address), nonBlocking: true)
        let sender = try Acquisition.acquire(.datagram(.local, at: nil), nonBlocking: true)
        defer { [sender, receiver].forEach(Acquisition.discard) }
        let (name, byte, list) = (Memory(address: address), Memory(1), Memory(MemoryLayout<MemoryRegion>.size))
        let message = Memory(MemoryLayout<Message>.size)
        unsafe list.bytes.storeBytes(of: byte.region, as: MemoryRegion.self)
        let segments = unsafe SegmentList(UnsafeBufferPointer(rebasing: list.bytes.bindMemory(to: MemoryRegion.self)[...]))
        unsafe message.bytes.storeBytes(of: Message(segments, address: name.region), as: Message.self)
        let send = Operation.message(.send(.invalid, message.region))
        while case .finished(1, _) = Attempt.start(send, on: sender) {}

        let pipe = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        var owner = try PoolOwner()
        owner.pool.submit(1, send, on: sender, passing: PassedDescriptors([pipe.second].span), bounded: false)
        owner.pool.stop(1)
        #expect(owner.events(1) == [KernelEvent(slot: 1, result: cancelled)])
        #expect(linuxio_poll(pipe.first.number, Int16(POLLIN), 0) & POLLHUP != 0)
        Acquisition.discard(pipe.first)
        withExtendedLifetime((name, byte, list, message)) {}
    }

    @Test("leaves slots alone that have no job, when asked to stop them")
    func stoppingNothing() throws {
        var owner = try PoolOwner()
        owner.pool.stop(3)
        owner.pool.submit(3, .control(.nop), on: .none)
        let events = owner.events(1)
        #expect(events == [KernelEvent(slot: 3, result: 0)])
        owner.pool.stop(3)
        let outstanding = owner.pool.outstanding
        #expect(outstanding == 0)
    }

    @Test("connects to a local listener without room once there is room, and never after it was stopped")
    func localConnect() throws {
        let name = try #require(SocketAddress.localAbstract("worker-pool-\(getpid())".utf8))
        let listener = try Acquisition.acquire(.listener(at: name, backlog: 0), nonBlocking: true)
        let streams = try (0..<3).map { _ in try Acquisition.acquire(.stream(.localAbstract), nonBlocking: true) }
        let address = Memory(address: name)
        let connect = Operation.stream(.connect(.invalid, to: address.region))
        #expect(isFinished(Attempt.start(connect, on: streams[0]), with: 0))

        var owner = try PoolOwner()
        owner.pool.submit(1, connect, on: streams[1], bounded: false)
        owner.pool.submit(2, connect, on: streams[2], bounded: false)
        owner.pool.stop(2)
        let stopped = owner.events(1)
        #expect(stopped.map(\.slot) == [2])
        #expect(stopped.map { IOError(encoded: $0.result) } == [IOError(.cancelled)])
        // Others may have the stream, too: its own flag stays as it is, also while it waits.
        for _ in 0..<20 {
            #expect(linuxio_status_flags(streams[1].number) & LINUXIO_O_NONBLOCK != 0)
            usleep(1000)
        }

        let accept = Operation.stream(.accept(.invalid))
        let accepted = descriptor(Attempt.start(accept, on: listener))
        let connected = owner.events(1)
        #expect(connected == [KernelEvent(slot: 1, result: 0)])
        let second = descriptor(Attempt.start(accept, on: listener))
        #expect(isWaiting(Attempt.start(accept, on: listener)))
        #expect(linuxio_status_flags(streams[1].number) & LINUXIO_O_NONBLOCK != 0)
        (streams.map(\.number) + [listener.number, accepted, second]).forEach { _ = linuxio_close($0) }
    }

    @Test("ends its threads and closes what nobody reaped when it is dropped")
    func dropping() throws {
        let directory = try TemporaryDirectory()
        directory.makeNamedPipe("pipe")
        let path = Memory(path: "pipe")
        let file = Memory(path: "file")
        do {
            let waker = try EventWaker()
            let configuration = BackendConfiguration(operations: 8, workers: 2)
            var pool = try WorkerPool(configuration: configuration, nonBlocking: true, waker: waker)
            pool.submit(0, open(path, .reading), on: directory.handle)
            pool.submit(1, open(file, [.writing, .creating]), on: directory.handle)
            #expect(linuxio_poll(waker.descriptor, 1, 10_000) != 0)
        }
        #expect(becomesTrue { workerThreads() == 0 })
        #expect(directory.contains("file"))
        #expect(!isOpen("\(directory.name)/file"))
        #expect(!isOpen("\(directory.name)/pipe"))
    }

    private func isFinished(_ outcome: AttemptOutcome, with result: Int32) -> Bool {
        if case .finished(result, _) = outcome { true } else { false }
    }

    private func isWaiting(_ outcome: AttemptOutcome) -> Bool {
        if case .wouldBlock = outcome { true } else { false }
    }

    private func descriptor(_ outcome: AttemptOutcome) -> Int32 {
        if case .finished(let result, .stream) = outcome { result } else { -1 }
    }
}

private func names(in directory: String) -> [String] {
    var names: [String] = []
    guard let stream = unsafe opendir(directory) else { return names }
    while let entry = unsafe readdir(stream) {
        unsafe withUnsafePointer(to: entry.pointee.d_name) {
            unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe names.append(String(cString: $0)) }
        }
    }
    unsafe closedir(stream)
    return names.filter { !$0.hasPrefix(".") }
}

private func isOpen(_ path: String) -> Bool {
    names(in: "/proc/self/fd").contains { descriptor in
        let target = Memory(4096)
        let start = unsafe target.bytes.assumingMemoryBound(to: CChar.self).baseAddress!
        guard unsafe readlink("/proc/self/fd/\(descriptor)", start, 4095) > 0 else { return false }
        return unsafe String(cString: start) == path
    }
}

private func workerThreads() -> Int {
    names(in: "/proc/self/task").count { thread in
        guard let file = unsafe fopen("/proc/self/task/\(thread)/comm", "r") else { return false }
        defer { unsafe fclose(file) }
        let line = Memory(32)
        guard unsafe fgets(line.bytes.assumingMemoryBound(to: CChar.self).baseAddress!, 32, file) != nil else { return false }
        return unsafe String(cString: line.bytes.assumingMemoryBound(to: CChar.self).baseAddress!).hasPrefix("iospec-worker")
    }
}
