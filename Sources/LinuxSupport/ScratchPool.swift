// Memory for the kernel's own structures that must outlive the call that hands them over.

import CLinuxIO

/// Fixed blocks for addresses, `statx` results, message headers and the like.
///
/// Taking and giving back are O(1) and, once the pool has grown to what is in use at once, allocate nothing. The pool never shrinks; it
/// frees everything when it is destroyed, so whoever owns it first waits until the kernel is done with every block.
@safe
public struct ScratchPool: ~Copyable {
    /// The bytes of a block: enough for every structure a backend passes (`statx`, the largest, has 256).
    public static var blockBytes: Int { 512 }

    /// The alignment of a block, that of a cache line.
    public static var blockAlignment: Int { 64 }

    private static var blocksPerChunk: Int { 64 }

    // Each free block holds the address of the next one in its first bytes.
    private var firstFree: UnsafeMutableRawPointer?
    // The first block of each chunk is never given out: it holds the address of the chunk made before.
    private var lastChunk: UnsafeMutableRawPointer?

    /// An empty pool.
    public init() {
        unsafe firstFree = nil
        unsafe lastChunk = nil
    }

    deinit {
        var chunk = unsafe lastChunk
        while let current = unsafe chunk {
            unsafe chunk = current.load(as: UnsafeMutableRawPointer?.self)
            unsafe linuxio_free(current)
        }
    }

    /// A block with arbitrary contents, or nil when there is no memory.
    @unsafe
    public mutating func take() -> UnsafeMutableRawPointer? {
        if unsafe firstFree == nil { grow() }
        guard let block = unsafe firstFree else { return nil }
        unsafe firstFree = unsafe block.load(as: UnsafeMutableRawPointer?.self)
        return unsafe block
    }

    /// Gives a block of this pool back; nobody may use it from now on.
    @unsafe
    public mutating func give(_ block: UnsafeMutableRawPointer) {
        unsafe block.storeBytes(of: firstFree, as: UnsafeMutableRawPointer?.self)
        unsafe firstFree = block
    }

    private mutating func grow() {
        guard let chunk = unsafe linuxio_allocate_aligned(Self.blockAlignment, Self.blocksPerChunk * Self.blockBytes) else { return }
        unsafe chunk.storeBytes(of: lastChunk, as: UnsafeMutableRawPointer?.self)
        unsafe lastChunk = chunk
        for index in 1..<Self.blocksPerChunk {
            // Sound: the block lies inside the chunk, and nobody has it.
            unsafe give(chunk + index * Self.blockBytes)
        }
    }
}
