// How many blocks of which size are under way in a copy.

import IOSpec

/// The size of a block, and how many there are at once.
struct CopyShape {
    let blockSize: Int
    let blocks: Int

    /// Of what has an order, some is received while what came before is sent. Of a file, no more blocks than it has, as far as its size can be believed: one that
    /// has none may have contents all the same, and one that grows is read to its end.
    init(of source: ByteSource) async throws(IOFailure) {
        guard let offset = source.offset else {
            blockSize = 65_536
            blocks = 4
            return
        }
        let size = try await source.open.status().size
        let expected = max(0, min(size - offset, source.limit))
        // A byte more, so that the end is found with the last block.
        blockSize = Int(min(expected / 4096, 63) + 1) * 4096
        blocks = min(8, Int(clamping: expected / Int64(blockSize) + 1))
    }
}
