// Direct transfers that are not aligned never reach a kernel.

import IOEngine
import IOSpec
import Testing

@Suite("Alignment")
struct AlignmentTests {
    private let options: OpenOptions = [.reading, .writing, .direct]
    private let alignment = DirectAlignment(memory: 16, offset: 64)

    @Test("What is aligned goes to the kernel")
    func aligned() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile(options, alignment: alignment)
        test.script.starts.removeAll()
        try test.submit(.file(.read(file, into: test.region(16, 64), at: 128)))
        try test.submit(
            .file(.writeVectored(file, from: test.segments([test.region(0, 64), test.region(64, 0), test.region(80, 128)]), at: 0)))
        #expect(test.script.starts.count == 2)
    }

    @Test("Memory, length, offset and every segment are looked at")
    func misaligned() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile(options, alignment: alignment)
        test.script.starts.removeAll()
        let segments = test.segments([test.region(0, 64), test.region(65, 64)])
        let misaligned: [FileOperation] = [
            .read(file, into: test.region(8, 64), at: 0), .write(file, from: test.region(0, 63), at: 0),
            .read(file, into: test.region(0, 64), at: 32), .readVectored(file, into: segments, at: 0),
        ]
        for operation in misaligned { try test.submit(.file(operation)) }
        #expect(test.script.starts.isEmpty)
        #expect(test.reap().map(\.error?.cause) == Array(repeating: .misaligned, count: 4))
    }

    @Test("Nothing is asked of a file that tells no alignment, of a transfer of length 0, and through the cache")
    func unasked() throws {
        let test = try EngineUnderTest()
        let unknown = try test.openFile(options)
        let cached = try test.openFile(alignment: alignment)
        let file = try test.openFile(options, alignment: alignment)
        test.script.starts.removeAll()
        try test.submit(.file(.read(unknown, into: test.region(1, 3), at: 5)))
        try test.submit(.file(.read(cached, into: test.region(1, 3), at: 5)))
        #expect(test.script.starts.count == 2)
        try test.submit(.file(.read(file, into: test.region(1, 0), at: 5)))
        #expect(test.reap().map(\.result) == [0])
    }
}
