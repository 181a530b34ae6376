// A pool that has run out: who is told, and that nothing is lost.

import IOSpec

enum MultishotPoolCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "multishot.no-buffers.exhausted", proves: "multishot.no-buffers",
            title: "Two buffers and more bytes: the rest waits for another receive"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let buffers = try PooledBuffers(c, 2, each: 16)
            let id = try c.submit(buffers.receiving(from: receiver))
            let sent = Pattern.bytes(48, seed: 1)
            try c.send(sent, to: sender)
            try c.expect(c.complete(id), failsWith: .noBuffers, "a receive of 48 bytes into 32", clause: "multishot.no-buffers")
            var received = try c.shots(of: id).flatMap { try buffers.take($0) }
            try c.expectEqual(c.shots(of: id).count, 2, "the number of buffers that were filled", clause: "multishot.no-buffers")
            try c.expect(
                c.perform(buffers.receiving(from: receiver)), failsWith: .noBuffers, "another receive", clause: "multishot.no-buffers")
            buffers.giveBack()
            let next = try c.submit(buffers.receiving(from: receiver))
            received += try c.receive(sent.count - received.count, by: next, into: buffers).bytes
            try c.expectEqual(received, sent, "the bytes of both", clause: "multishot.no-buffers")
            try c.expect(!c.isComplete(next), "the second receive goes on", clause: "multishot.no-buffers")
        },
        ConformanceCase.family(
            "multishot.no-buffers.waits", proves: "multishot.no-buffers",
            title: "Without bytes a receive waits, although there is no buffer; one that is given back in time is used"
        ) { c, kind in
            let (sender, _, buffers, id) = try waiting(c, over: kind)
            buffers.giveBack()
            try c.expectPending(id)
            try c.send([1, 2, 3], to: sender)
            try c.expectEqual(c.receive(3, by: id, into: buffers).bytes, [1, 2, 3], "what came", clause: "multishot.no-buffers")
        },
        ConformanceCase.family(
            "multishot.no-buffers.then-bytes", proves: "multishot.no-buffers",
            title: "Bytes that come while there is no buffer end the receive, and stay"
        ) { c, kind in
            let (sender, receiver, _, id) = try waiting(c, over: kind)
            try c.send([1, 2, 3], to: sender)
            try c.expect(c.complete(id), failsWith: .noBuffers, "a receive without buffers", clause: "multishot.no-buffers")
            try c.expectEqual(c.receiveAll(3, from: receiver), [1, 2, 3], "the bytes that waited", clause: "multishot.no-buffers")
        },
        ConformanceCase.family(
            "multishot.no-buffers.end", proves: "multishot.no-buffers", "multishot.ends",
            title: "The end of a stream needs no buffer"
        ) { c, kind in
            let (sender, receiver, buffers, id) = try waiting(c, over: kind)
            try c.close(sender)
            try c.expect(c.complete(id), moves: 0, "a receive without buffers at the end of the stream", clause: "multishot.no-buffers")
            try c.expect(c.perform(buffers.receiving(from: receiver)), moves: 0, "another one", clause: "multishot.no-buffers")
        },
        ConformanceCase.family(
            "multishot.no-buffers.cancel", proves: "multishot.no-buffers", "multishot.ends",
            title: "A receive that waits without a buffer can be cancelled, and times out"
        ) { c, kind in
            let (sender, receiver, buffers, id) = try waiting(c, over: kind)
            try c.expectCancel(of: id, ends: "a receive that was cancelled")
            let late = try c.perform(buffers.receiving(from: receiver), deadline: c.after(milliseconds: 20))
            try c.expect(late, failsWith: .timedOut, "a receive that timed out", clause: "multishot.ends")
            try c.expectFlow(from: sender, to: receiver)
        },
        [
            ConformanceCase(
                "multishot.no-buffers.given-back", proves: "multishot.no-buffers",
                title: "A buffer that is given back before the receive has ended is used", requires: .internetStreams,
                configuration: BackendConfiguration(operations: 3, handles: 16), body: givenBack)
        ])

    /// A turn has room for three completions: those of another stream, so that the end without a buffer, if there is one, is told in the next turn.
    private static func givenBack(_ c: CaseContext) throws {
        let listener = try c.listener()
        let (peer, receiver) = try accepted(c, listener)
        let (otherPeer, otherReceiver) = try accepted(c, listener)
        let scarce = try PooledBuffers(c, 1, each: 16)
        let plenty = try PooledBuffers(c, 8, each: 1)
        let receive = try c.submit(scarce.receiving(from: receiver))
        try peer.send([1])
        try c.expectEqual(c.receive(1, by: receive, into: scarce).bytes, [1], "what takes the only buffer")
        let other = try c.submit(plenty.receiving(from: otherReceiver))
        try c.turn()
        try otherPeer.send([2, 3, 4])
        try peer.send([5])
        try c.turn()
        if c.isComplete(receive) {
            return try c.expect(c.complete(receive), failsWith: .noBuffers, "a receive without buffers", clause: "multishot.no-buffers")
        }
        scarce.giveBack()
        try c.expectEqual(
            c.receive(1, by: receive, into: scarce, after: 1).bytes, [5], "what comes into the buffer that was given back",
            clause: "multishot.no-buffers")
        try c.expectEqual(c.receive(3, by: other, into: plenty).bytes, [2, 3, 4], "what the other stream brings")
    }

    private static func accepted(_ c: CaseContext, _ listener: (handle: Handle, address: SocketAddress)) throws -> (
        any ConnectionPeer, Handle
    ) {
        let peer = try c.surroundings.connect(to: listener.address)
        return (peer, try c.handle(of: c.perform(.stream(.accept(listener.handle)))))
    }

    /// A receive that waits without a buffer.
    private static func waiting(
        _ c: CaseContext, over kind: StreamKind
    ) throws -> (sender: Handle, receiver: Handle, buffers: PooledBuffers, id: OperationID) {
        let (sender, receiver) = try c.ends(kind)
        let buffers = try exhausted(c)
        let id = try c.submit(buffers.receiving(from: receiver))
        try c.expectPending(id)
        return (sender, receiver, buffers, id)
    }

    /// A pool of one buffer, which the case has.
    private static func exhausted(_ c: CaseContext) throws -> PooledBuffers {
        let buffers = try PooledBuffers(c, 1, each: 64)
        let pipe = try c.pipe()
        let id = try c.submit(buffers.receiving(from: pipe.first))
        try c.send([7], to: pipe.second)
        _ = try c.receive(1, by: id, into: buffers)
        c.cancel(id)
        _ = try c.complete(id)
        return buffers
    }
}
