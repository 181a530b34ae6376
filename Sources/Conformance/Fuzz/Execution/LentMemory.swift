// Memory that a history lends to an operation, in pieces with guards around each.

import IOSpec

/// The pieces of a transfer, which lie apart, so that what is written beside one is seen.
struct LentMemory {
    /// What nobody may change: the guards, and what was not received into.
    static var untouched: UInt8 { 0xA5 }
    private static var guardCount: Int { 16 }
    /// What the pieces of direct transfers are aligned to: as much as any device asks for.
    static var directAlignment: Int { 4096 }

    /// What all pieces lie in.
    let whole: LentRange
    /// Whether it is part of what is registered.
    let isRegistered: Bool
    private let pieces: [Range<Int>]

    /// Lends room for `count` bytes, cut into pieces; from what is registered, as long as there is some and nothing has to be aligned.
    init(_ count: Int, pieces: Int, alignment: Int? = nil, from context: CaseContext, registered: RegisteredMemory? = nil) {
        let spacing = alignment ?? Self.guardCount
        let length = (0..<pieces).reduce(spacing) { $0 + Self.length(of: $1, count, pieces) + spacing }
        let part = alignment == nil ? registered?.lend(length) : nil
        isRegistered = part != nil
        whole = part ?? LentRange(buffer: context.buffer(length, alignment: spacing), range: 0..<length)
        var start = whole.range.lowerBound + spacing
        var cut: [Range<Int>] = []
        for piece in 0..<pieces {
            let length = Self.length(of: piece, count, pieces)
            cut.append(start..<start + length)
            start += length + spacing
        }
        self.pieces = cut
        whole.fill(with: Self.untouched)
    }

    private static func length(of piece: Int, _ count: Int, _ pieces: Int) -> Int { count * (piece + 1) / pieces - count * piece / pieces }

    /// Lends a copy of `bytes`, cut into pieces.
    init(_ bytes: [UInt8], pieces: Int, alignment: Int? = nil, from context: CaseContext, registered: RegisteredMemory? = nil) {
        self.init(bytes.count, pieces: pieces, alignment: alignment, from: context, registered: registered)
        var place = 0
        for piece in self.pieces {
            whole.buffer.replace(piece, with: bytes[place..<place + piece.count])
            place += piece.count
        }
    }

    /// Where the pieces are.
    var regions: [MemoryRegion] { pieces.map { whole.buffer.region($0.lowerBound, $0.count) } }

    /// What is in all pieces, one after the other.
    var bytes: [UInt8] { pieces.flatMap { whole.buffer.bytes($0.lowerBound, $0.count) } }

    /// `count` bytes from `offset` on of the first piece.
    func bytes(_ offset: Int, _ count: Int) -> [UInt8] { whole.buffer.bytes(pieces[0].lowerBound + offset, count) }

    /// Whether nothing beside the pieces was changed.
    var areGuardsIntact: Bool {
        var start = whole.range.lowerBound
        for piece in pieces + [whole.range.upperBound..<whole.range.upperBound] {
            guard LentRange(buffer: whole.buffer, range: start..<piece.lowerBound).isFilled(with: Self.untouched) else { return false }
            start = piece.upperBound
        }
        return true
    }
}
