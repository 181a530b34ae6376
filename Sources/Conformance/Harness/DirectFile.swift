// A file for direct transfers, as cases use it.

import IOSpec

/// A file that is open for direct transfers, and the alignment that it asks for.
struct DirectFile {
    let handle: Handle
    let memoryAlignment: Int
    let offsetAlignment: Int
    private let context: CaseContext

    /// The smallest length that is worth a transfer: a multiple of the alignment of offsets.
    var unit: Int { max(offsetAlignment, 512) }

    /// Makes a file of `bytes` bytes of the pattern 1.
    ///
    /// - Throws: ``Skip`` when the file system of the scratch directory has no direct transfers.
    init(_ c: CaseContext, bytes: Int) throws {
        context = c
        try c.close(c.file("direct", contents: Pattern.bytes(bytes, seed: 1)))
        let completion = try c.perform(c.opening("direct", [.reading, .writing, .direct]))
        if completion.error?.cause == .unsupported { try c.skip(.environment("the file system has no direct transfers")) }
        handle = try c.handle(of: completion)
        let status = try c.status(of: handle)
        memoryAlignment = Int(status.directMemoryAlignment)
        offsetAlignment = Int(status.directOffsetAlignment)
        if memoryAlignment == 0 || offsetAlignment == 0 { try c.skip(.environment("the file system does not tell its alignment")) }
    }

    /// Memory for `units` units, aligned to no more than was asked for.
    func buffer(_ units: Int) -> CaseBuffer { context.buffer(units * unit, alignment: memoryAlignment) }

    /// Checks that a transfer is misaligned, in both directions, and moves nothing.
    func refuses(_ c: CaseContext, memoryOffset: Int, count: Int, at offset: Int64) throws {
        let memory = c.buffer(count + unit, alignment: 4096)
        let region = memory.region(memoryOffset, count)
        try c.expect(c.perform(.file(.read(handle, into: region, at: offset))), failsWith: .misaligned, "a misaligned direct read")
        try c.expectUntouched(memory, clause: "file.direct-alignment")
        try c.expect(c.perform(.file(.write(handle, from: region, at: offset))), failsWith: .misaligned, "a misaligned direct write")
        let reader = try c.open("direct", .reading)
        try c.expectEqual(c.read(2 * unit, from: reader), Pattern.bytes(2 * unit, seed: 1), "the contents after a misaligned write")
    }
}
