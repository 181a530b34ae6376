// Memory that a history lends to an operation, in pieces with guards around each.

import IOSpec

/// The pieces of a transfer, which lie apart, so that what is written beside one is seen.
struct LentMemory {
    /// What nobody may change: the guards, and what was not received into.
    static var untouched: UInt8 { 0xA5 }
    private static var guardCount: Int { 16 }

    /// What all pieces lie in.
    let buffer: CaseBuffer
    private let pieces: [Range<Int>]

    /// Lends room for `count` bytes, cut into pieces.
    init(_ count: Int, pieces: Int, from context: CaseContext) {
        var start = Self.guardCount
        var cut: [Range<Int>] = []
        for piece in 0..<pieces {
            let length = count * (piece + 1) / pieces - count * piece / pieces
            cut.append(start..<start + length)
            start += length + Self.guardCount
        }
        self.pieces = cut
        buffer = context.buffer(start, filledWith: Self.untouched)
    }

    /// Lends a copy of `bytes`, cut into pieces.
    init(_ bytes: [UInt8], pieces: Int, from context: CaseContext) {
        self.init(bytes.count, pieces: pieces, from: context)
        var contents = buffer.bytes
        var place = 0
        for piece in self.pieces {
            contents.replaceSubrange(piece, with: bytes[place..<place + piece.count])
            place += piece.count
        }
        buffer.bytes = contents
    }

    /// Where the pieces are.
    var regions: [MemoryRegion] { pieces.map { buffer.region($0.lowerBound, $0.count) } }

    /// What is in all pieces, one after the other.
    var bytes: [UInt8] { pieces.flatMap { buffer.bytes($0.lowerBound, $0.count) } }

    /// Whether nothing beside the pieces was changed.
    var areGuardsIntact: Bool {
        var contents = buffer.bytes[...]
        for piece in pieces.reversed() {
            guard contents[piece.upperBound...].allSatisfy({ $0 == Self.untouched }) else { return false }
            contents = contents[..<piece.lowerBound]
        }
        return contents.allSatisfy { $0 == Self.untouched }
    }
}
