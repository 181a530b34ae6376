// How multishot operations end.

import CLinuxIO
import IOSpec

enum MultishotEndCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "multishot.ends.cancel", proves: "multishot.ends",
            title: "A cancel ends a multishot receive once, after what came before"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let buffers = try PooledBuffers(c, 8, each: 16)
            let id = try c.submit(buffers.receiving(from: receiver))
            try c.send(Pattern.bytes(40, seed: 1), to: sender)
            c.cancel(id)
            c.cancel(id)
            let (bytes, last) = try c.receiveAll(by: id, into: buffers)
            try c.expect(last, failsWith: .cancelled, "a multishot receive that was cancelled", clause: "multishot.ends")
            let rest = try c.receiveAll(40 - bytes.count, from: receiver)
            try c.expectEqual(bytes + rest, Pattern.bytes(40, seed: 1), "the bytes received and left", clause: "multishot.conserves")
            c.cancel(id)
            try c.expectFlow(from: sender, to: receiver)
        },
        ConformanceCase.family(
            "multishot.ends.deadline", proves: "multishot.ends", "time.deadline", title: "A deadline ends a multishot receive"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let buffers = try PooledBuffers(c, 8, each: 16)
            let deadline = c.after(milliseconds: 60)
            let id = try c.submit(buffers.receiving(from: receiver), deadline: deadline)
            try c.send([1, 2, 3], to: sender)
            let (bytes, last) = try c.receiveAll(by: id, into: buffers)
            try c.expect(last, failsWith: .timedOut, "a multishot receive that timed out", clause: "multishot.ends")
            try c.expect(c.now >= deadline, "it does not end before its deadline", clause: "time.deadline")
            let rest = try c.receiveAll(3 - bytes.count, from: receiver)
            try c.expectEqual(bytes + rest, [1, 2, 3], "the bytes received and left", clause: "multishot.conserves")
        },
        ConformanceCase.family(
            "multishot.ends.close", proves: "multishot.ends", "close.cancels",
            title: "A close ends a multishot receive, before its own completion"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let buffers = try PooledBuffers(c, 8, each: 16)
            let id = try c.submit(buffers.receiving(from: receiver))
            let behind = try c.submit(buffers.receiving(from: receiver))
            try c.send([1, 2, 3], to: sender)
            try c.expectEqual(c.receive(3, by: id, into: buffers).bytes, [1, 2, 3], "what came before the close")
            let close = try c.submit(.control(.close(receiver)))
            try c.expect(c.complete(close), moves: 0, "the close")
            for ended in [id, behind] {
                try c.expect(c.isComplete(ended), "the receives complete before the close", clause: "close.cancels")
                try c.expect(c.complete(ended), failsWith: .cancelled, "a receive on a handle that was closed", clause: "multishot.ends")
            }
        },
        ConformanceCase.family(
            "multishot.ends.overflow", proves: "multishot.ends", "multishot.receive",
            title: "A burst beyond every queue loses no completion, and the end is told",
            configuration: BackendConfiguration(operations: 4, handles: 64, submissionQueue: 2, completionQueue: 2), body: burst),
        ConformanceCase.family(
            "multishot.ends.accept", proves: "multishot.ends", at: SocketAddress.Family.allCases,
            title: "A multishot accept ends by a cancel, a deadline and a close"
        ) { c, family in
            let listener = try c.listener(family)
            let first = try c.submit(.stream(.acceptMultishot(listener.handle)))
            try c.expectPending(first)
            try c.expectCancel(of: first, ends: "an accept that was cancelled")
            let late = try c.perform(.stream(.acceptMultishot(listener.handle)), deadline: c.after(milliseconds: 20))
            try c.expect(late, failsWith: .timedOut, "an accept that timed out", clause: "multishot.ends")
            let last = try c.submit(.stream(.acceptMultishot(listener.handle)))
            _ = try MultishotAcceptCases.client(c, of: listener.address, tag: 5)
            let server = try c.handle(of: c.reapShots(1, of: last)[0])
            try c.close(listener.handle)
            try c.expect(c.complete(last), failsWith: .cancelled, "an accept whose listener was closed", clause: "multishot.ends")
            try c.expectEqual(c.receive(1, from: server), [5], "a connection outlives its listener")
        },
        [
            ConformanceCase(
                "multishot.ends.accept-overflow", proves: "multishot.ends", "multishot.accept",
                title: "More connections than every queue holds", requires: .internetStreams,
                configuration: BackendConfiguration(operations: 8, handles: 128, submissionQueue: 2, completionQueue: 2)
            ) { c in
                let listener = try c.listener(backlog: 64)
                let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
                for _ in 0..<40 {
                    let client = try c.stream()
                    try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
                }
                let servers = try c.reapShots(40, of: id).map { try c.handle(of: $0) }
                try c.expectEqual(Set(servers).count, 40, "the number of different connections")
                try c.expectCancel(of: id, ends: "the accept")
            },
            ConformanceCase(
                "multishot.ends.reset", proves: "multishot.ends", "stream.reset-sticky", requires: .internetStreams
            ) { c in
                let listener = try c.listener()
                let peer = try c.surroundings.connect(to: listener.address)
                let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
                let buffers = try PooledBuffers(c, 4, each: 16)
                let id = try c.submit(buffers.receiving(from: server))
                try peer.send([1, 2])
                try c.expectEqual(c.receive(2, by: id, into: buffers).bytes, [1, 2], "what came before the reset")
                peer.reset()
                try c.expect(
                    c.complete(id), failsWith: .connectionReset, "a multishot receive of a stream that broke", clause: "multishot.ends")
                try c.fails(buffers.receiving(from: server), with: .connectionReset)
            },
            ConformanceCase(
                "multishot.ends.listener-shut-down", proves: "multishot.ends",
                title: "A listener that something else shut down ends what waits for it", requires: [.internetStreams, .nativeSystem],
                body: listenerShutDown),
            ConformanceCase("multishot.ends.chain", proves: "multishot.ends", "chain.order", "chain.breaks", requires: .pipes) { c in
                let pipes = try [c.pipe(), c.pipe()]
                let buffers = try PooledBuffers(c, 4, each: 16)
                let chains = try pipes.map { try c.submit(chain: [buffers.receiving(from: $0.first), .control(.nop)]) }
                try c.send([1], to: pipes[0].second)
                _ = try c.reapShots(1, of: chains[0][0])
                try c.expectPending(chains[0][1], chains[1][1])
                try c.close(pipes[0].second)
                try c.expect(c.complete(chains[0][0]), moves: 0, "the receive at the end")
                try c.expect(c.complete(chains[0][1]), moves: 0, "what follows the end of the stream", clause: "chain.order")
                c.cancel(chains[1][0])
                try c.expect(c.complete(chains[1][0]), failsWith: .cancelled, "the receive that was cancelled")
                try c.expect(c.complete(chains[1][1]), failsWith: .cancelled, "what follows it", clause: "chain.breaks")
            },
            ConformanceCase("multishot.ends.barrier", proves: "multishot.ends", "barrier.waits", requires: .pipes) { c in
                let pipe = try c.pipe()
                let buffers = try PooledBuffers(c, 4, each: 16)
                let id = try c.submit(buffers.receiving(from: pipe.first))
                let send = try c.submit(.stream(.send(pipe.second, from: c.buffer([1, 2]).region)))
                let barrier = try c.submit(.control(.nop), isBarrier: true)
                try c.expectEqual(c.receive(2, by: id, into: buffers).bytes, [1, 2], "what came before the barrier")
                try c.expect(c.complete(send), moves: 2, "the send")
                try c.expectPending(barrier)
                c.cancel(id)
                try c.expect(c.complete(id), failsWith: .cancelled, "the receive")
                try c.expect(c.complete(barrier), moves: 0, "the barrier", clause: "barrier.waits")
            },
            ConformanceCase(
                "multishot.ends.shutdown", proves: "multishot.ends", "shutdown.terminal",
                requires: [.pipes, .internetStreams]
            ) { c in
                let (ids, _) = try busy(c)
                c.shutDown()
                for id in ids { try c.expect(c.complete(id), failsWith: .cancelled, "an operation of a backend that was shut down") }
            },
            ConformanceCase(
                "multishot.ends.drop", proves: "multishot.ends", "shutdown.releases",
                title: "A backend that is dropped closes connections that nobody reaped",
                requires: [.pipes, .internetStreams]
            ) { c in
                let (_, peers) = try busy(c)
                c.dropBackend()
                for peer in peers { try c.expect(peer.isEnded(), "every peer sees an end or a reset", clause: "shutdown.releases") }
            },
            ConformanceCase(
                "multishot.ends.fair", proves: "completion.fair", "multishot.ends",
                title: "A receive that always has bytes keeps nothing else from completing", requires: [.pipes, .localStreams], body: fair),
        ])

    /// A multishot accept and a multishot receive that have shots which nobody reaps.
    private static func busy(_ c: CaseContext) throws -> (ids: [OperationID], peers: [any ConnectionPeer]) {
        let pipe = try c.pipe()
        let buffers = try PooledBuffers(c, 8, each: 16)
        let listener = try c.listener()
        let ids = [try c.submit(buffers.receiving(from: pipe.first)), try c.submit(.stream(.acceptMultishot(listener.handle)))]
        try c.expectPending(ids[0], ids[1], milliseconds: 2)
        let peers = try (0..<4).map { _ in try c.surroundings.connect(to: listener.address) }
        try c.send(Pattern.bytes(40, seed: 1), to: pipe.second)
        return (ids, peers)
    }

    private static func burst(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let buffers = try PooledBuffers(c, 64, each: 16)
        let id = try c.submit(buffers.receiving(from: receiver))
        var seen = 0
        for round in 0..<3 {
            let sent = Pattern.bytes(40 * 16, seed: UInt64(round))
            try c.send(sent, to: sender)
            let received = try c.receive(sent.count, by: id, into: buffers, after: seen)
            try c.expectEqual(received.bytes, sent, "what came in round \(round)", clause: "multishot.receive")
            seen = received.shots
            buffers.giveBack()
        }
        try c.close(sender)
        try c.expect(c.complete(id), moves: 0, "the end of the stream after bursts", clause: "multishot.ends")
    }

    private static func fair(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let pipe = try c.pipe()
        let buffers = try PooledBuffers(c, 16, each: 64)
        let id = try c.submit(buffers.receiving(from: pair.first))
        var seen = 0
        for round in 0..<20 {
            try c.send(Pattern.bytes(640, seed: 1), to: pair.second)
            let others = [
                try c.submit(.control(.nop)), try c.submit(.time(.timer(c.now))),
                try c.submit(.stream(.send(pipe.second, from: c.buffer([UInt8(round)]).region))),
            ]
            for completion in try c.complete(others) {
                try c.expect(completion.error == nil, "what runs beside a multishot receive succeeds")
            }
            try c.expectEqual(c.receive(1, from: pipe.first), [UInt8(round)], "what came beside a multishot receive")
            seen = try c.receive(640, by: id, into: buffers, after: seen).shots
            buffers.giveBack()
        }
    }

    private static func listenerShutDown(_ c: CaseContext) throws {
        for operation in [StreamOperation.accept, StreamOperation.acceptMultishot] {
            let before = try Native.openDescriptors()
            let listener = try c.listener()
            let made = try Native.openDescriptors().keys.filter { before[$0] == nil }
            try c.expectEqual(made.count, 1, "the number of descriptors of a listener")
            let id = try c.submit(.stream(operation(listener.handle)))
            try c.expectPending(id)
            _ = linuxio_shutdown(made[0], LINUXIO_SHUT_RDWR)
            let completion = try c.complete(id)
            try c.expect(completion.error != nil, "an accept at a listener that was shut down fails", clause: "multishot.ends")
            try c.expect(completion, failsWith: .invalidArgument, "an accept at a listener that was shut down", clause: "multishot.ends")
            try c.close(listener.handle)
        }
    }
}
