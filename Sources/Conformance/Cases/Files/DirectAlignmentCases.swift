// The alignment of direct transfers, compared with what the system itself tells.

import IOSpec

enum DirectAlignmentCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "file.direct-query.as-the-system", proves: "file.direct-query", "file.status",
            title: "The alignments that a status tells are those that the system tells", requires: .directFiles
        ) { c in
            let status = try c.status(of: c.file("f", contents: Pattern.bytes(10_000, seed: 1)))
            let native = try c.surroundings.directAlignment(at: c.nativePath("f"))
            try c.expectEqual(Int(status.directMemoryAlignment), native.memory, "the alignment in memory")
            try c.expectEqual(Int(status.directOffsetAlignment), native.offset, "the alignment of offset and length")
        }
    ]
}
