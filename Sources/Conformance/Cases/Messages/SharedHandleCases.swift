// What comes from another process, as that has left it: descriptors whose calls wait, with options of their own.

import Glibc
import IOSpec

enum SharedHandleCases {
    static let all: [ConformanceCase] = [
        family("pipe") { c, link in
            let ends = try Native.blockingPipe()
            let reader = try come(c, link, ends.reader)
            defer { Native.close(ends.writer) }
            try receives(c, reader) { try Native.write([1, 2, 3], to: ends.writer) }
        },
        family("named-pipe") { c, link in
            let both = try Native.blockingNamedPipe(at: c.scratchName + "/fifo")
            let reader = try come(c, link, both, closing: false)
            defer { Native.close(both) }
            try receives(c, reader) { try Native.write([1, 2, 3], to: both) }
        },
        family("stream") { c, link in
            let ends = try Native.blockingStreams()
            let stream = try come(c, link, ends.first)
            defer { Native.close(ends.second) }
            try receives(c, stream) { try Native.write([1, 2, 3], to: ends.second) }
        },
        family("pipe-full") { c, link in
            let ends = try Native.blockingPipe()
            let writer = try come(c, link, ends.writer)
            defer { Native.close(ends.reader) }
            try sends(c, writer, from: ends.reader)
        },
        family("stream-full") { c, link in
            let ends = try Native.blockingStreams()
            let writer = try come(c, link, ends.first)
            defer { Native.close(ends.second) }
            try sends(c, writer, from: ends.second)
        },
        family("listener") { c, link in
            let address = try c.freeAddress(.local)
            let listener = try come(c, link, Native.blockingListener(at: address))
            let accept = try c.submit(.stream(.accept(listener)))
            try c.expectPending(accept)
            try c.succeed(.control(.nop))
            c.cancel(accept)
            try c.expect(c.complete(accept), failsWith: .cancelled, "an accept that waits")
            let ends = try c.connect(to: address, acceptedBy: listener)
            try c.expectFlow(from: ends.client, to: ends.server)
            try c.expectFlow(from: ends.server, to: ends.client)
        },
        family("time-limit", title: "A time limit that a descriptor came with ends nothing") { c, link in
            let ends = try Native.blockingStreams()
            try Native.setTimeouts(of: ends.first, microseconds: 20_000)
            let stream = try come(c, link, ends.first)
            defer { Native.close(ends.second) }
            let receive = try c.submit(.stream(.receive(stream, into: c.buffer(4).region)))
            let message = try c.submit(.message(.receive(stream, c.incoming().region)))
            try c.expectPending(receive, message, milliseconds: 100)
            try Native.write([1], to: ends.second)
            try c.expect(c.complete(receive), moves: 1, "the receive that waited")
        },
        family("flags", title: "The flags that others see are never changed") { c, link in
            let pipe = try Native.blockingPipe()
            let streams = try Native.blockingStreams()
            let all = [pipe.reader, pipe.writer, streams.first, streams.second]
            defer { all.forEach(Native.close) }
            let before = try all.map { try Native.statusFlags(of: $0) }
            let handles = try all.map { try come(c, link, $0, closing: false) }
            try c.send([1, 2], to: handles[1])
            try c.expectEqual(c.receive(2, from: handles[0]), [1, 2], "what a pipe that came brings")
            try c.expectFlow(from: handles[2], to: handles[3])
            let waiting = try [handles[0], handles[3]].map { try c.submit(.stream(.receive($0, into: c.buffer(4).region))) }
            try c.expectPending(waiting[0], waiting[1])
            try c.expectEqual(all.map { try Native.statusFlags(of: $0) }, before, "the flags while operations wait")
            waiting.forEach(c.cancel)
            _ = try c.complete(waiting)
            try handles.forEach(c.close)
            try c.expectEqual(all.map { try Native.statusFlags(of: $0) }, before, "the flags once the handles are closed")
        },
        family("foreign", title: "What is nothing of the specification's comes, and is of use for nothing but closing and passing on") {
            c, link in
            let counter = try come(c, link, Native.eventCounter())
            let memory = c.buffer(8)
            try c.fails(.stream(.receive(counter, into: memory.region)), with: .wrongKind)
            try c.fails(.file(.write(counter, from: memory.region, at: 0)), with: .notSeekable)
            try c.fails(.message(.receive(counter, c.incoming().region)), with: .wrongKind)
            let pair = try c.streamPair()
            let again = try PassedHandleCases.pass(c, counter, over: pair)
            try c.fails(.stream(.receive(again, into: memory.region)), with: .wrongKind)
            try c.close(again)
            try c.close(counter)
        },
    ]

    /// A case with a stream that another program's socket is at the other end of.
    private static func family(_ name: String, title: String? = nil, _ body: @escaping @Sendable (CaseContext, Link) throws -> Void)
        -> ConformanceCase
    {
        ConformanceCase(
            "message.handles-shared.\(name)", proves: "message.handles-shared", title: title,
            requires: [.passesHandles, .localStreams, .pipes, .files, .nativeSystem], isolation: .childProcess
        ) { c in
            let listener = try c.listener(.local)
            let accept = try c.submit(.stream(.accept(listener.handle)))
            let peer = try NativeSocket(connectedTo: listener.address)
            try body(c, Link(peer: peer, handle: c.handle(of: c.complete(accept))))
        }
    }

    struct Link {
        let peer: NativeSocket
        let handle: Handle
    }

    /// Passes a descriptor into the backend; the suite keeps none of it unless it says so.
    private static func come(_ c: CaseContext, _ link: Link, _ descriptor: Int32, closing: Bool = true) throws -> Handle {
        try link.peer.pass([descriptor])
        if closing { Native.close(descriptor) }
        guard let handle = try c.receiveMessage(handles: 1, from: link.handle).handles.first else {
            throw CaseFailure("a descriptor that was passed must come as a handle", clause: "message.handles")
        }
        return handle
    }

    /// A receive of nothing waits, holds nothing up, can be cancelled, and the next one gets what comes.
    private static func receives(_ c: CaseContext, _ handle: Handle, _ write: () throws -> Void) throws {
        let memory = c.buffer(8)
        for isVectored in [false, true] {
            let operation: Operation =
                isVectored
                ? .stream(.receiveVectored(handle, into: c.segments([memory.region(0, 1), memory.region(1, 7)])))
                : .stream(.receive(handle, into: memory.region))
            let waiting = try c.submit(operation)
            try c.expectPending(waiting)
            try c.succeed(.control(.nop))
            c.cancel(waiting)
            try c.expect(c.complete(waiting), failsWith: .cancelled, "a receive that waits")
            let receive = try c.submit(operation)
            try c.expectPending(receive)
            try write()
            try c.expect(c.complete(receive), moves: 3, "a receive, once bytes came")
            try c.expectEqual(memory.bytes(0, 3), [1, 2, 3], "the bytes")
            try write()
            try c.expect(c.perform(operation), moves: 3, "a receive when bytes are there")
        }
    }

    /// A send of more than there is room for waits, holds nothing up, and goes on; one that is cancelled says what it moved.
    private static func sends(_ c: CaseContext, _ handle: Handle, from reader: Int32) throws {
        let memory = c.pattern(1 << 20, seed: 2)
        let send = try c.submit(.stream(.send(handle, from: memory.region)))
        try c.expectPending(send)
        try c.succeed(.control(.nop))
        c.cancel(send)
        let moved = try c.complete(send).get()
        try c.expect(moved > 0 && moved < memory.count, "a send that was cut short says how much it moved (it says \(moved))")
        try c.close(handle)
        try c.expectEqual(Native.readToEnd(reader), Pattern.bytes(moved, seed: 2), "what was sent")
    }
}
