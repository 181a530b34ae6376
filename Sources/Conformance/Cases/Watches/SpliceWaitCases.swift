// Splices that wait, that are ended early, and whose peers go away.

import IOSpec

enum SpliceWaitCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("splice.waits-for-source", proves: "splice.waits", "cancel.prompt", requires: [.splicing, .pipes]) {
            c, kind in
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            let ended = try c.submit(.stream(.splice(from: receiver, to: pipe.second, count: 100, at: 0)))
            try c.expectPending(ended)
            c.cancel(ended)
            try c.expect(c.complete(ended), failsWith: .cancelled, "a splice that waits", clause: "splice.waits")
            let late = try c.submit(
                .stream(.splice(from: receiver, to: pipe.second, count: 100, at: 0)), deadline: c.after(milliseconds: 20))
            try c.expect(c.complete(late), failsWith: .timedOut, "a splice past its deadline", clause: "splice.waits")
            let splice = try c.submit(.stream(.splice(from: receiver, to: pipe.second, count: 100, at: 0)))
            try c.expectIdle(splice, what: "a splice that waits", clause: "splice.waits")
            try c.send([1, 2, 3], to: sender)
            try c.expect(c.complete(splice), moves: 3, "a splice of what came")
            try c.expectEqual(c.receive(9, from: pipe.first), [1, 2, 3], "what arrived")
        },
        ConformanceCase.family(
            "splice.waits-for-target", proves: "splice.waits", "cancel.prompt", over: StreamKind.immediate, requires: [.splicing, .pipes],
            timeLimit: 20
        ) {
            c, kind in
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            let fill = try c.submit(.stream(.send(sender, from: c.pattern(kind.overwhelming, seed: 1).region)))
            try c.expectPending(fill, milliseconds: 50)
            c.cancel(fill)
            let arriving = try c.complete(fill).get()
            try c.send([7, 7], to: pipe.second)
            let splice = try c.submit(.stream(.splice(from: pipe.first, to: sender, count: 100, at: 0)))
            try c.expectIdle(splice, what: "a splice without room", clause: "splice.waits")
            let others = try c.streamPair()
            try c.expectFlow(from: others.first, to: others.second, seed: 4)
            c.cancel(splice)
            try c.expect(c.complete(splice), failsWith: .cancelled, "a splice without room", clause: "splice.waits")
            let again = try c.submit(.stream(.splice(from: pipe.first, to: sender, count: 100, at: 0)))
            try c.expectRestSent(arriving, seed: 1, from: receiver)
            try c.expect(c.complete(again), moves: 2, "a splice with room again", clause: "splice.waits")
            try c.expectEqual(c.receiveAll(2, from: receiver), [7, 7], "what was spliced")
        },
        ConformanceCase.family(
            "splice.broken", proves: "splice.broken", requires: [.splicing, .pipes], isolation: .childProcess
        ) {
            c, kind in
            Native.resetSignal(13)
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            try c.close(receiver)
            try c.reap(until: "a splice that fails, although the peer is gone") {
                try c.send([1, 2, 3], to: pipe.second)
                let completion = try c.perform(.stream(.splice(from: pipe.first, to: sender, count: 3, at: 0)))
                if completion.error == nil { return false }
                try c.expect(
                    completion, failsWithOneOf: kind == .internet ? [.brokenPipe, .connectionReset] : [.brokenPipe],
                    "splicing to a peer that is gone", clause: "splice.broken")
                return true
            }
        },
        ConformanceCase.family(
            "splice.broken-waiting", proves: "splice.broken", over: StreamKind.immediate, requires: [.splicing, .pipes],
            isolation: .childProcess,
            timeLimit: 20
        ) { c, kind in
            Native.resetSignal(13)
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            let fill = try c.submit(.stream(.send(sender, from: c.buffer(kind.overwhelming).region)))
            try c.expectPending(fill, milliseconds: 50)
            c.cancel(fill)
            _ = try c.complete(fill)
            try c.send([1], to: pipe.second)
            let splice = try c.submit(.stream(.splice(from: pipe.first, to: sender, count: 100, at: 0)))
            try c.expectPending(splice)
            try c.close(receiver)
            try c.expect(
                c.complete(splice), failsWithOneOf: [.brokenPipe, .connectionReset], "a splice whose peer goes away",
                clause: "splice.broken")
        },
        ConformanceCase.family("splice.broken-pipe", proves: "splice.broken", requires: [.splicing, .pipes], isolation: .childProcess) {
            c, kind in
            Native.resetSignal(13)
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            try c.close(pipe.first)
            let splice = Operation.stream(.splice(from: receiver, to: pipe.second, count: 3, at: 0))
            for (number, source) in ["that has nothing yet", "that has bytes", "at its end"].enumerated() {
                if number == 1 { try c.send([1, 2, 3], to: sender) }
                if number == 2 {
                    _ = try c.receiveAll(3, from: receiver)
                    try c.close(sender)
                }
                let completion = try c.complete(c.submit(splice, deadline: c.after(milliseconds: 4000)))
                try c.expect(
                    completion, failsWith: .brokenPipe, "splicing from a stream \(source) to a pipe that nobody reads",
                    clause: "splice.broken")
            }
        },
        [
            ConformanceCase(
                "splice.to-pipe-without-room", proves: "splice.waits", requires: [.splicing, .pipes, .files], timeLimit: 20,
                body: waitsForRoomInPipe),
            ConformanceCase("splice.close", proves: "splice.waits", "close.cancels", requires: [.splicing, .pipes]) { c in
                for closesTarget in [false, true] {
                    let (from, to) = (try c.pipe(), try c.pipe())
                    let splices = try (0..<2).map { _ in try c.submit(.stream(.splice(from: from.first, to: to.second, count: 10, at: 0))) }
                    try c.expectPending(splices[0], splices[1])
                    try c.close(closesTarget ? to.second : from.first)
                    for splice in splices { try c.expect(c.complete(splice), failsWith: .cancelled, "a splice", clause: "close.cancels") }
                    if closesTarget {
                        try c.expectEqual(c.receive(1, from: to.first), [], "the end of the target, which has nobody that writes")
                    }
                }
            },
            ConformanceCase(
                "splice.many-wait", proves: "splice.waits", title: "Splices that wait hold up neither each other nor files",
                requires: [.splicing, .pipes, .files, .localStreams], needs: [.manyDescriptors], timeLimit: 30
            ) { c in
                let pipes = try (0..<60).map { _ in (try c.pipe(), try c.streamPair()) }
                let splices = try pipes.map { try c.submit(.stream(.splice(from: $0.0.first, to: $0.1.first, count: 100, at: 0))) }
                try c.expectPending(splices[0], splices[59])
                let file = try c.file("f", contents: [1, 2, 3])
                try c.expectEqual(c.contents(of: file), [1, 2, 3], "a file beside splices that wait")
                for (index, pair) in pipes.enumerated().reversed() {
                    try c.send([UInt8(index)], to: pair.0.second)
                    try c.expect(c.complete(splices[index]), moves: 1, "splice \(index)", clause: "splice.waits")
                    try c.expectEqual(c.receive(2, from: pair.1.second), [UInt8(index)], "what arrived")
                }
            },
        ])

    private static func waitsForRoomInPipe(_ c: CaseContext) throws {
        let contents = Pattern.bytes(3 << 20, seed: 2)
        let file = try c.file("f", contents: contents)
        let pipe = try c.pipe()
        let moved = try fill(pipe, c, from: file, contents.count)
        try c.expect(moved > 0 && moved < contents.count, "a pipe has room for some of it (it took \(moved))")
        let splice = try c.submit(.stream(.splice(from: file, to: pipe.second, count: 1000, at: Int64(moved))))
        try c.expectIdle(splice, what: "a splice from a file to a full pipe", clause: "splice.waits")
        let received = try c.receiveAll(moved, from: pipe.first)
        try c.expectEqual(received, Array(contents[0..<moved]), "what the pipe took")
        let more = try c.complete(splice).get()
        try c.expectEqual(c.receiveAll(more, from: pipe.first), Array(contents[moved..<moved + more]), "what it took then")
    }

    /// Splices from a file until the pipe has no room, where a splice waits, and ends by its cancel; returns the number of bytes that were moved.
    ///
    /// A splice waits when others, which were submitted after it and have room, are over before it. One that moves bytes all the same had not begun, and the
    /// pipe is filled further.
    private static func fill(_ pipe: HandlePair, _ c: CaseContext, from file: Handle, _ count: Int) throws -> Int {
        let other = try c.pipe()
        var moved = 0
        while moved < count {
            let splice = try c.submit(.stream(.splice(from: file, to: pipe.second, count: count, at: Int64(moved))))
            for _ in 0..<8 {
                try c.expectEqual(c.splice(file, other.second, 1), 1, "the bytes of a splice with room")
                _ = try c.receive(1, from: other.first)
            }
            c.cancel(splice)
            let completion = try c.complete(splice)
            if completion.error != nil {
                try c.expect(completion, failsWith: .cancelled, "a splice to a full pipe", clause: "splice.waits")
                break
            }
            moved += Int(completion.result)
        }
        return moved
    }
}
