// The probe of each kind of operation. A kind that is added to the specification gets its line here.

import IOSpec

extension MechanismProbe {
    /// The probe of `kind`. Without a `default`, so that no kind is left out.
    init(of kind: OperationKind) {
        self =
            switch kind {
            case .nop: MechanismProbe([], []) { _ in [.ready(.control(.nop))] }
            case .close: MechanismProbe(.files, [.close, .close_range]) { c in [.ready(.control(.close(try c.file("f"))))] }
            case .timer: MechanismProbe([], Self.clocks) { c in [.ready(.time(.timer(c.after(milliseconds: 2))))] }
            case .open: MechanismProbe([.files, .namedPipes], [.open, .openat, .openat2, .creat]) { try Self.opens($0) }
            case .read: MechanismProbe(.files, Self.reads) { try Self.readings($0) { .read($0, into: $1, at: 0) } }
            case .write: MechanismProbe(.files, Self.writes) { try Self.transfers($0) { .write($0, from: $1, at: 0) } }
            case .readVectored:
                MechanismProbe(.files, Self.reads) { c in try Self.readings(c) { .readVectored($0, into: c.segments([$1]), at: 0) } }
            case .writeVectored:
                MechanismProbe(.files, Self.writes) { c in try Self.transfers(c) { .writeVectored($0, from: c.segments([$1]), at: 0) } }
            case .append: MechanismProbe(.files, Self.writes) { c in [.ready(.file(.append(try Self.log(c), from: c.buffer(64).region)))] }
            case .synchronize: MechanismProbe(.files, Self.synchronizations) { [.ready(.file(.synchronize(try Self.file($0))))] }
            case .synchronizeData: MechanismProbe(.files, Self.synchronizations) { [.ready(.file(.synchronizeData(try Self.file($0))))] }
            case .status: MechanismProbe(.files, [.stat, .fstat, .lstat, .newfstatat, .statx]) { try Self.status($0) }
            case .truncate: MechanismProbe(.files, [.truncate, .ftruncate]) { [.ready(.file(.truncate(try Self.file($0), to: 1)))] }
            case .receive: MechanismProbe(.pipes, Self.reads.union([.recvfrom, .recvmsg, .recvmmsg, .splice])) { try Self.receive($0) }
            case .send: MechanismProbe(.pipes, Self.writes.union([.sendto, .sendmsg, .sendmmsg, .splice])) { try Self.send($0) }
            case .accept: MechanismProbe(.internetStreams, [.accept, .accept4]) { try Self.accept($0) }
            case .connect: MechanismProbe(.internetStreams, [.connect]) { try Self.connect($0) }
            case .shutDown:
                MechanismProbe(.internetStreams, [.shutdown]) { c in [.ready(.stream(.shutDown(try c.connectedPair().client, .both)))] }
            }
    }

    // MARK: Calls

    private static let reads: Set<SystemCall> = [.read, .readv, .pread64, .preadv, .preadv2]
    private static let writes: Set<SystemCall> = [.write, .writev, .pwrite64, .pwritev, .pwritev2]
    private static let synchronizations: Set<SystemCall> = [.fsync, .fdatasync, .syncfs, .sync_file_range, .msync]
    private static let clocks: Set<SystemCall> = [.nanosleep, .clock_nanosleep, .timerfd_settime, .timer_settime, .setitimer, .alarm]

    // MARK: Files

    private static func file(_ c: CaseContext) throws -> Handle { try c.file("f", contents: Pattern.bytes(64, seed: 1)) }

    private static func log(_ c: CaseContext) throws -> Handle { try c.open("log", [.appending, .creating]) }

    private static func transfers(_ c: CaseContext, _ transfer: (Handle, MemoryRegion) -> FileOperation) throws -> [Sample] {
        [.ready(.file(transfer(try file(c), c.buffer(64).region)))]
    }

    /// A file that the cache holds, and one whose contents the kernel makes up, which no try brings.
    private static func readings(_ c: CaseContext, _ reading: (Handle, MemoryRegion) -> FileOperation) throws -> [Sample] {
        let processes = try c.acquire(.directory(name: "/proc", unconfined: true))
        let version = try c.open("version", .reading, beneath: processes)
        return try transfers(c, reading) + [.ready(.file(reading(version, c.buffer(64).region)))]
    }

    private static func status(_ c: CaseContext) throws -> [Sample] {
        [.ready(.file(.status(try file(c), into: c.buffer(MemoryLayout<FileStatus>.size).region)))]
    }

    /// A file, and a named pipe that waits for the other side.
    private static func opens(_ c: CaseContext) throws -> [Sample] {
        try Native.makeNamedPipe(at: c.nativePath("pipe"))
        let writer = try c.opening("pipe", .writing)
        return [.ready(try c.opening("f", [.writing, .creating])), .waiting(try c.opening("pipe", .reading)) { try c.submit(writer) }]
    }

    // MARK: Streams

    private static func receive(_ c: CaseContext) throws -> [Sample] {
        let pipe = try c.pipe()
        let byte = c.buffer([1]).region
        return [.waiting(.stream(.receive(pipe.first, into: c.buffer(1).region))) { try c.submit(.stream(.send(pipe.second, from: byte))) }]
    }

    /// One byte for an empty pipe, and more than any pipe holds.
    private static func send(_ c: CaseContext) throws -> [Sample] {
        let pipe = try c.pipe()
        let much = c.buffer(4 << 20).region
        return [
            .ready(.stream(.send(pipe.second, from: c.buffer([1]).region))),
            .waiting(.stream(.send(pipe.second, from: much))) { _ = try c.receiveAll(1 + much.count, from: pipe.first) },
        ]
    }

    private static func accept(_ c: CaseContext) throws -> [Sample] {
        let listener = try c.listener()
        let connect = try Operation.stream(.connect(c.stream(), to: c.address(listener.address)))
        return [.waiting(.stream(.accept(listener.handle))) { try c.submit(connect) }]
    }

    private static func connect(_ c: CaseContext) throws -> [Sample] {
        let listener = try c.listener()
        return [.ready(.stream(.connect(try c.stream(), to: c.address(listener.address))))]
    }
}
