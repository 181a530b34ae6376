// An engine over a scripted kernel, with the little that every test needs.

import IOEngine
import IOSpec
import Testing

/// Owns the engine, its script, and the memory that operations name.
@safe
final class EngineUnderTest {
    let script: Script
    var engine: IOEngine<ScriptedKernel>
    private let memory: UnsafeMutableRawBufferPointer

    init(operations: Int = 64, handles: Int = 1024, script: Script = Script()) throws {
        self.script = script
        unsafe memory = .allocate(byteCount: 4096, alignment: 16)
        let configuration = BackendConfiguration(operations: operations, handles: handles)
        var made: IOEngine<ScriptedKernel>?
        try ScriptedKernel.$script.withValue(ScriptedKernel.Holder(script)) { made = try IOEngine(configuration: configuration) }
        guard let taken = made.take() else { throw SubmissionQueueFull() }
        engine = taken
    }

    deinit { unsafe memory.deallocate() }

    func region(_ offset: Int = 0, _ count: Int) -> MemoryRegion {
        unsafe MemoryRegion(UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + count]))
    }

    /// The start of the memory as segments.
    func segments(_ regions: [MemoryRegion]) -> SegmentList {
        let base = unsafe memory.baseAddress.unsafelyUnwrapped + 2048
        let list = unsafe base.bindMemory(to: MemoryRegion.self, capacity: regions.count)
        for (index, region) in regions.enumerated() { unsafe list[index] = region }
        return unsafe SegmentList(UnsafeBufferPointer(start: list, count: regions.count))
    }

    @discardableResult
    func submit(_ operation: IOSpec.Operation, deadline: Instant = .never, isBarrier: Bool = false) throws -> OperationID {
        try engine.submit(Submission(operation, deadline: deadline, isBarrier: isBarrier))
    }

    func submit(chain: [IOSpec.Operation]) throws -> [OperationID] {
        let submissions = chain.map { Submission($0) }
        return try [OperationID](capacity: chain.count) { (identities: inout OutputSpan<OperationID>) in
            try engine.submit(chain: submissions.span, identities: &identities)
        }
    }

    /// One reap that does not wait.
    func reap() -> [Completion] {
        [Completion](capacity: 64) { (completions: inout OutputSpan<Completion>) in
            engine.reap(into: &completions, until: .distantPast)
        }
    }

    func acquirePair() throws -> HandlePair { try engine.acquire(pair: .streams) }

    /// A file that was opened through the script.
    func openFile(_ options: OpenOptions = [.reading, .writing], alignment: DirectAlignment = .none) throws -> Handle {
        let directory = try engine.acquire(.directory(name: "/", unconfined: true))
        let path = region(0, 2)
        unsafe memory[0] = UInt8(ascii: "f")
        unsafe memory[1] = 0
        try submit(.path(.open(beneath: directory, path: PathReference(path), options: options, permissions: 0)))
        script.end(.open, with: 7, alignment: alignment)
        let completion = try #require(reap().first)
        let handle = engine.handle(madeBy: completion)
        return try #require(handle)
    }
}
