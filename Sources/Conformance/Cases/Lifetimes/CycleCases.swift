// Many backends, one after the other: what one in a thousand leaves behind is seen.

import IOSpec

enum CycleCases {
    // The end of an asynchronous context waits some 30 milliseconds for the kernel, and uses no processor meanwhile.
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "shutdown.thousand-cycles", proves: "shutdown.releases", "shutdown.many",
            title: "A thousand backends, used and dropped, leave no descriptor, thread, mapping or context",
            kind: .stochastic(iterations: 1000), requires: [.files, .localStreams, .pipes], isolation: .childProcess,
            timeLimit: 120, body: thousand
        ).idling(for: 30)
    ]

    private static func thousand(_ c: CaseContext) throws {
        let name = try c.scratchName
        c.dropBackend()
        // What the process keeps from its first backend on is there before it is looked at.
        try c.withAnotherBackend { try use($0, name, dropping: false) }
        let before = try ResourceSnapshot(in: c.surroundings)
        let contexts = try? asynchronousContexts()
        for _ in 0..<c.iterations {
            let isDropped = Bool.random(using: &c.random)
            try c.withAnotherBackend(.init(operations: 32, handles: 32)) { try use($0, name, dropping: isDropped) }
        }
        let left = try before.leaksOnceStable()
        try c.expect(
            left.isEmpty, "\(c.iterations) backends leave nothing, and there is \(left.joined(separator: ", "))",
            clause: "shutdown.releases")
        // This number is the whole system's: whoever else uses such contexts changes it, so that it is told and not judged.
        if let contexts, let now = try? asynchronousContexts() { c.measured("aio-nr \(contexts) before, \(now) after") }
    }

    /// A little of everything; what is dropped is dropped with work in flight.
    private static func use(_ c: CaseContext, _ directory: String, dropping: Bool) throws {
        let pair = try c.streamPair()
        try c.expectFlow(from: pair.first, to: pair.second)
        let scratch = try c.acquire(.directory(name: directory, unconfined: false))
        let file = try c.open("f", [.reading, .writing, .creating], beneath: scratch)
        try c.write([1, 2, 3], to: file)
        try c.succeed(.time(.timer(c.now)))
        guard dropping else { return }
        let pipe = try c.pipe()
        let memory = c.buffer(64)
        try c.submit(.stream(.receive(pair.first, into: memory.region(0, 8))))
        try c.submit(.stream(.receive(pipe.first, into: memory.region(8, 8))))
        try c.submit(.file(.read(file, into: memory.region(16, 3), at: 0)))
        try c.submit(.file(.synchronize(file)))
        try c.submit(.time(.timer(.never)))
        if Bool.random(using: &c.random) { try c.turn() }
        c.dropBackend()
    }

    /// How many asynchronous operations of the system have their place.
    private static func asynchronousContexts() throws -> Int {
        let text = String(decoding: try Native.contents(at: "/proc/sys/fs/aio-nr"), as: UTF8.self)
        guard let number = Int(text.filter(\.isNumber)) else { throw HarnessProblem("/proc/sys/fs/aio-nr holds no number") }
        return number
    }
}
