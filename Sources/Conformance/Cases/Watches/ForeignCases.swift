// What a program has from elsewhere, by a number of the system's own.

import CConformance
import CLinuxIO
import Glibc
import IOSpec

enum ForeignCases {
    static let all: [ConformanceCase] = [
        foreign("foreign.pipe", proves: "foreign.readiness", "readiness.once") { c in
            let pipe = try NativeDescriptor.pipe()
            let reader = try c.foreign(pipe.reader)
            let writer = try c.foreign(pipe.writer)
            try c.expect(writer, [.sending, .receiving], isReadyAs: .sending, "a pipe with room")
            try c.close(writer)
            let watch = try c.watch(reader, .receiving)
            try c.expectPending(watch)
            try pipe.writer.write([1])
            try c.expect(watch, tells: .receiving, "a pipe with bytes")
            try pipe.reader.read(1)
            let again = try c.watch(reader, .receiving)
            try c.expectPending(again)
            pipe.writer.close()
            try c.expect(again, tells: .hangUp, "a pipe that nobody writes")
        },
        foreign("foreign.kinds", proves: "foreign.readiness", title: "Whatever becomes readable is waited for", timeLimit: 20) { c in
            for (name, descriptor, trigger) in try triggers(c) {
                let handle = try c.foreign(descriptor)
                let watches = try [c.watch(handle, .receiving), c.watch(handle, .receiving)]
                let lasting = try c.watchOn(handle, .receiving)
                try c.expectPending(watches[0], watches[1], lasting)
                try trigger()
                for watch in watches { try c.expect(watch, tells: .receiving, name, clause: "foreign.readiness") }
                try c.expectEqual(c.expectShot(of: lasting, after: 0, "that \(name) is ready"), .receiving, "what was told of \(name)")
                try c.close(handle)
                try c.expect(c.complete(lasting), failsWith: .cancelled, "a wait for \(name) that is closed")
            }
        },
        foreign("foreign.files", proves: "readiness.files", "readiness.idle", title: "Files and devices that make nobody wait") { c in
            try c.surroundings.makeFile(at: c.nativePath("plain"), contents: [1])
            for path in [try c.nativePath("plain"), try c.scratchName, "/dev/null", "/dev/zero"] {
                let handle = try c.foreign(.open(path, O_RDONLY))
                try c.expect(handle, .receiving, isReadyAs: .receiving, path, clause: "readiness.files")
                try c.expect(handle, [.receiving, .sending], isReadyAs: [.receiving, .sending], path, clause: "readiness.files")
                for asked in [[], .peerFinished] as [Readiness] {
                    try c.expect(
                        c.complete(c.watch(handle, asked)), failsWith: .unsupported, "waiting for \(path)", clause: "readiness.files")
                }
                let lasting = try c.watchOn(handle, [.receiving, .sending])
                _ = try c.expectShot(of: lasting, after: 0, "that \(path) is ready")
                try c.expectEqual(c.settledShots(of: lasting), 1, "how often \(path) is told to be ready", clause: "readiness.idle")
                c.cancel(lasting)
                try c.expect(c.complete(lasting), failsWith: .cancelled, "the wait for \(path)")
            }
        },
        foreign("foreign.terminal", proves: "foreign.readiness", "readiness.ends") { c in
            let terminal = try NativeDescriptor.open("/dev/ptmx", O_RDWR)
            let handle = try c.foreign(terminal)
            try c.expect(handle, [.receiving, .sending], isReadyAs: .sending, "a terminal without input")
            let ended = try c.watch(handle, .receiving)
            try c.expectPending(ended)
            c.cancel(ended)
            try c.expect(c.complete(ended), failsWith: .cancelled, "a wait for a terminal", clause: "readiness.ends")
            let watch = try c.watch(handle, .receiving)
            try c.expectPending(watch)
            try terminal.write(Array("a\n".utf8))
            try c.expect(watch, tells: .receiving, "a terminal with its echo", clause: "foreign.readiness")
        },
        foreign("foreign.two-way-pipe", proves: "foreign.readiness", title: "A named pipe that is open in both directions") { c in
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            let pipe = try NativeDescriptor.open(c.nativePath("p"), O_RDWR)
            let handle = try c.foreign(pipe)
            let watch = try c.watch(handle, .receiving)
            try c.expectPending(watch)
            try pipe.write([1])
            try c.expect(watch, tells: .receiving, "a pipe with bytes", clause: "foreign.readiness")
            try c.expect(handle, [.receiving, .sending], isReadyAs: [.receiving, .sending], "a pipe with bytes and room")
        },
        foreign("foreign.same-number-twice", proves: "foreign.own", "readiness.many") { c in
            let counter = try NativeDescriptor.counter()
            let handles = try (0..<3).map { _ in try c.foreign(counter) }
            try c.expectEqual(Set(handles).count, 3, "the number of different handles", clause: "foreign.own")
            let watches = try handles.map { try c.watch($0, .receiving) }
            try c.expectPending(watches[0], watches[1], watches[2])
            try c.close(handles[0])
            try c.expect(c.complete(watches[0]), failsWith: .cancelled, "a wait on the handle that was closed")
            try c.expectPending(watches[1], watches[2])
            try raise(counter)
            for watch in watches.dropFirst() { try c.expect(watch, tells: .receiving, "the counter", clause: "readiness.many") }
        },
        foreign("foreign.number-stays-open", proves: "foreign.own") { c in
            let pipe = try NativeDescriptor.pipe()
            let handle = try c.foreign(pipe.reader)
            try pipe.writer.write([7])
            try c.expect(handle, .receiving, isReadyAs: .receiving, "the pipe")
            try c.close(handle)
            try c.expectEqual(pipe.reader.read(4), [7], "what the number still reads", clause: "foreign.own")
        },
        foreign("foreign.number-closed", proves: "foreign.own", "readiness.once") { c in
            let pipe = try NativeDescriptor.pipe()
            let handle = try c.foreign(pipe.reader)
            let watch = try c.watch(handle, .receiving)
            try c.expectPending(watch)
            pipe.reader.close()
            let taker = try NativeDescriptor.counter()
            try c.expectEqual(taker.number, pipe.reader.number, "the number that is used for something else")
            try raise(taker)
            try c.expectPending(watch)
            try pipe.writer.write([1])
            try c.expect(watch, tells: .receiving, "the pipe whose number is gone", clause: "foreign.own")
            try c.expect(handle, .receiving, isReadyAs: .receiving, "the pipe whose number is gone", clause: "foreign.own")
        },
        foreign("foreign.flags", proves: "foreign.own", title: "Nothing about what a number refers to is changed") { c in
            for flags in [0, LINUXIO_O_NONBLOCK] {
                let pipe = try NativeDescriptor.pipe()
                _ = linuxio_set_nonblocking(pipe.reader.number, flags == 0 ? 0 : 1)
                let before = pipe.reader.flags
                let handle = try c.foreign(pipe.reader)
                let watches = try [c.watch(handle, .receiving), c.watchOn(handle, .receiving)]
                try c.expectPending(watches[0], watches[1])
                try c.expectEqual(pipe.reader.flags, before, "the flags while waiting", clause: "foreign.own")
                try pipe.writer.write([1])
                try c.expect(watches[0], tells: .receiving, "the pipe")
                try c.close(handle)
                try c.expectEqual(pipe.reader.flags, before, "the flags after closing", clause: "foreign.own")
            }
        },
        foreign("foreign.missing", proves: "foreign.acquire") { c in
            let gone = try NativeDescriptor.counter()
            gone.close()
            for number in [gone.number, -1, .min, .max] {
                try c.expectEqual(
                    c.errorOfAcquiring(.foreign(number: number))?.cause, .badHandle, "the cause of acquiring \(number)",
                    clause: "foreign.acquire")
            }
        },
        foreign("foreign.only-path", proves: "foreign.acquire") { c in
            let path = try NativeDescriptor.open(c.scratchName, 0o10000000)
            try c.expectEqual(
                c.errorOfAcquiring(.foreign(number: path.number))?.cause, .wrongKind, "the cause of acquiring what only stands for a path",
                clause: "foreign.acquire")
        },
        foreign("foreign.only-readiness", proves: "handle.wrong-kind", "foreign.acquire") { c in
            let pipe = try NativeDescriptor.pipe()
            let handle = try c.foreign(pipe.reader)
            let memory = c.buffer(4)
            for operation in [
                Operation.stream(.receive(handle, into: memory.region)), .stream(.send(handle, from: memory.region)),
                .stream(.accept(handle)),
                .stream(.shutDown(handle, .both)), .watch(.processEnd(handle)), .file(.synchronize(handle)),
                .stream(.splice(from: handle, to: handle, count: 1, at: 0)),
            ] { try c.fails(operation, with: .wrongKind) }
            try c.fails(.file(.read(handle, into: memory.region, at: 0)), with: .notSeekable)
            try pipe.writer.write([3])
            try c.expectEqual(pipe.reader.read(4), [3], "the bytes, which nothing took")
        },
    ]

    private static func foreign(
        _ id: String, proves first: String, _ second: String? = nil, title: String? = nil, timeLimit: Double = 10,
        body: @escaping ConformanceCase.Body
    ) -> ConformanceCase {
        let requires: Capabilities = [.foreignHandles, .pipes, .nativeSystem]
        guard let second else {
            return ConformanceCase(id, proves: first, title: title, requires: requires, timeLimit: timeLimit, body: body)
        }
        return ConformanceCase(id, proves: first, second, title: title, requires: requires, timeLimit: timeLimit, body: body)
    }

    private static func raise(_ counter: NativeDescriptor) throws {
        try Native.check(linuxio_eventfd_add(counter.number, 1), "cannot raise a counter")
    }

    /// Descriptors of every kind that is not readable yet, and what makes each so.
    private static func triggers(_ c: CaseContext) throws -> [(name: String, descriptor: NativeDescriptor, trigger: () throws -> Void)] {
        let counter = try NativeDescriptor.counter()
        let member = try NativeDescriptor.counter()
        let timer = try NativeDescriptor.timer()
        let child = try GatedChild(livingProgram: ())
        return [
            ("a counter", counter, { try raise(counter) }), ("a set", try .set(of: [member]), { try raise(member) }),
            ("a timer", timer, { try Native.check(conformance_timer_start(timer.number, 20), "cannot start a timer") }),
            ("a watch over names", try .names(in: c.scratchName), { try c.surroundings.makeFile(at: c.nativePath("made")) }),
            ("a process", try .process(child.processNumber), { child.end() }),
        ]
    }
}
