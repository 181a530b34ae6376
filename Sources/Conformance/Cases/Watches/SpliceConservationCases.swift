// No byte is lost or doubled by splices that are cancelled.

import IOSpec

enum SpliceConservationCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "splice.conserves-to", proves: "splice.conserves", "cancel.race", title: "Splices from a pipe race with their cancels",
            kind: .stochastic(iterations: 200), requires: [.splicing, .pipes], timeLimit: 40
        ) { c, kind in
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            try race(c, feed: pipe.second, from: pipe.first, to: sender, receiver)
        },
        ConformanceCase.family(
            "splice.conserves-from", proves: "splice.conserves", "cancel.race", title: "Splices to a pipe race with their cancels",
            kind: .stochastic(iterations: 200), requires: [.splicing, .pipes], timeLimit: 40
        ) { c, kind in
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            try race(c, feed: sender, from: receiver, to: pipe.second, pipe.first)
        },
        [
            ConformanceCase(
                "splice.conserves-file", proves: "splice.conserves", "cancel.race", kind: .stochastic(iterations: 100),
                requires: [.splicing, .pipes, .files], timeLimit: 40, body: throughFile)
        ])

    /// Feeds small and large pieces, and cancels a splice at any moment; what it says it moved is what arrives.
    private static func race(_ c: CaseContext, feed: Handle, from source: Handle, to target: Handle, _ receiver: Handle) throws {
        let whole = c.pattern(60_000, seed: 3)
        let memory = c.buffer(60_000)
        var waiting: [UInt8] = []
        for round in 0..<c.iterations {
            let asked = Int.random(in: 1...60_000, using: &c.random)
            let splice = try c.submit(.stream(.splice(from: source, to: target, count: asked, at: 0)))
            if round % 2 == 0 { try c.turn() }
            if waiting.count < 30_000 {
                let start = Int.random(in: 0..<30_000, using: &c.random)
                let count =
                    Bool.random(using: &c.random) ? Int.random(in: 1...100, using: &c.random) : Int.random(in: 1...30_000, using: &c.random)
                try c.expect(
                    c.perform(.stream(.send(feed, from: whole.region(start, count)))), moves: count, "what is fed in round \(round)")
                waiting += whole.bytes(start, count)
            }
            c.spin()
            if round % 3 != 0 { c.cancel(splice) }
            let completion = try c.complete(splice)
            guard completion.error == nil else {
                try c.expect(completion, failsWith: .cancelled, "the splice of round \(round)", clause: "splice.conserves")
                continue
            }
            let moved = Int(completion.result)
            try c.expect(
                (1...asked).contains(moved), "a splice of \(asked) moves as much (\(c.describe(completion)))", clause: "splice.moves")
            var arrived: [UInt8] = []
            while arrived.count < moved {
                let count = try c.succeed(.stream(.receive(receiver, into: memory.region)))
                if count == 0 { break }
                arrived += memory.bytes(0, count)
            }
            try c.expectEqual(arrived, Array(waiting.prefix(moved)), "what arrived in round \(round)", clause: "splice.conserves")
            waiting.removeFirst(moved)
        }
        try c.close(feed)
        let rest = try c.receiveAll(waiting.count + 1, from: source)
        try c.expectEqual(rest, waiting, "what is left", clause: "splice.conserves")
    }

    private static func throughFile(_ c: CaseContext) throws {
        let pipe = try c.pipe()
        let file = try c.file("f")
        let contents = Pattern.bytes(200_000, seed: 9)
        let whole = c.buffer(contents)
        var written = 0
        var fed = 0
        for round in 0..<c.iterations {
            if fed - written < 20_000, fed < contents.count {
                let count = min(Int.random(in: 1...20_000, using: &c.random), contents.count - fed)
                fed += try c.succeed(.stream(.send(pipe.second, from: whole.region(fed, count))))
            }
            let splice = try c.submit(
                .stream(.splice(from: pipe.first, to: file, count: Int.random(in: 1...60_000, using: &c.random), at: Int64(written))))
            if round % 2 == 0 { try c.turn() }
            c.spin()
            if round % 3 != 0 || fed == written { c.cancel(splice) }
            let completion = try c.complete(splice)
            if completion.error == nil {
                written += Int(completion.result)
            } else {
                try c.expect(completion, failsWith: .cancelled, "round \(round)")
            }
        }
        try c.expectEqual(c.contents(of: file), Array(contents[0..<written]), "the file", clause: "splice.conserves")
        try c.close(pipe.second)
        try c.expectEqual(
            c.receiveAll(contents.count, from: pipe.first), Array(contents[written..<fed]), "what is left", clause: "splice.conserves")
    }
}
