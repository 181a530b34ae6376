// A stream whose connect was given up half-way: kernels differ in what can be done with it, so nothing can.

import IOSpec

enum AbandonedConnectCases {
    static let all: [ConformanceCase] =
        abandoned + [
            ConformanceCase(
                "cancel.connect-at-once", proves: "cancel.prompt",
                title: "Connects without room that are cancelled as soon as they were submitted",
                requires: .localStreams, timeLimit: 20
            ) { c in
                let listener = try c.listener(.local, backlog: 0)
                let filled = try c.fillBacklog(of: listener.address)
                let address = c.address(listener.address)
                let connects = try (0..<16).map { _ in try c.submit(.stream(.connect(c.stream(.local), to: address))) }
                connects.forEach(c.cancel)
                for completion in try c.complete(connects) {
                    try c.expect(completion, failsWith: .cancelled, "a connect that nobody had room for")
                }
                try c.expectPending(filled.connect)
            }
        ]

    private static let abandoned = ConformanceCase.family(
        "stream.connect-abandoned", proves: "stream.connect-cancelled", "stream.not-connected", at: [.local, .internet4],
        title: "After a connect was cancelled the stream is good for nothing but closing", timeLimit: 30
    ) { c, family in
        let listener = try c.listener(family, backlog: 0)
        let filled = try c.fillBacklog(of: listener.address)
        c.cancel(filled.connect)
        try c.expect(c.complete(filled.connect), failsWith: .cancelled, "a connect that waits for room")
        let memory = c.buffer(8)
        let again = try c.perform(.stream(.connect(filled.waiting, to: c.address(listener.address))), deadline: c.after(milliseconds: 500))
        try c.expect(again, failsWith: .notConnected, "connecting again")
        try c.fails(.stream(.receive(filled.waiting, into: memory.region)), with: .notConnected)
        try c.fails(.stream(.send(filled.waiting, from: memory.region)), with: .notConnected)
        try c.close(filled.waiting)
    }
}
