// Opening simulated named pipes.

import BackendSimulated
import IOSpec
import Testing

@Suite struct NamedPipeTests {
    private let world = SimulatedWorld(seed: 1)
    private let program: StreamProgram
    private let root: Handle

    init() throws {
        try world.firstHost.makeNamedPipe(at: "/p")
        program = try StreamProgram(on: world.firstHost)
        root = try program.acquire(.directory(name: "/", unconfined: true))
    }

    @Test(arguments: [OpenOptions.reading, .writing])
    func `an end waits for the other one, and both are opened`(first: OpenOptions) throws {
        let second: OpenOptions = first == .reading ? .writing : .reading
        let opens = [try program.open("p", beneath: root, first)]
        #expect(program.outcome(of: opens[0]) == nil)
        let ends = try (opens + [program.open("p", beneath: root, second)]).map { try program.handle(madeBy: $0) }
        let (reader, writer) = first == .reading ? (ends[0], ends[1]) : (ends[1], ends[0])
        #expect(try program.send([1, 2], to: writer) == 2)
        #expect(try program.receive(4, from: reader) == [1, 2])
        try program.perform(.control(.close(writer)))
        #expect(try program.receive(4, from: reader) == [])
    }

    @Test(arguments: [OpenOptions.reading, .writing])
    func `an open that was given up is met by nobody`(options: OpenOptions) throws {
        let other: OpenOptions = options == .reading ? .writing : .reading
        let open = try program.open("p", beneath: root, options)
        #expect(program.outcome(of: open) == nil)
        program.cancel(open)
        #expect(program.outcome(of: open)?.error?.cause == .cancelled)
        let late = try program.open("p", beneath: root, other)
        #expect(program.outcome(of: late) == nil)
        _ = try program.handle(madeBy: program.open("p", beneath: root, options))
        _ = try program.handle(madeBy: late)
    }

    @Test func `who opens both ends waits for nobody, and what nobody read is gone with the last end`() throws {
        let both = try program.handle(madeBy: program.open("p", beneath: root, [.reading, .writing]))
        #expect(try program.send([1], to: both) == 1)
        try program.perform(.control(.close(both)))
        let again = try program.handle(madeBy: program.open("p", beneath: root, [.reading, .writing]))
        #expect(try program.send([2], to: again) == 1)
        #expect(try program.receive(4, from: again) == [2])
    }
}
