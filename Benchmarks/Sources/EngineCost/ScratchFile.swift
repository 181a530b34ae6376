// A file whose blocks are all in the page cache, removed at the end.

import Glibc

/// A file of whole 4 KiB blocks.
struct ScratchFile: ~Copyable {
    let name: String
    let path: String
    let blocks: UInt64

    init(directory: String, blocks: UInt64) throws {
        name = "iospec-engine-cost-\(getpid())"
        path = "\(directory)/\(name)"
        self.blocks = blocks
        guard let file = unsafe fopen(path, "w") else { throw Failure("cannot make \(path): choose another --directory") }
        let block = [UInt8](repeating: 0x5a, count: 4096)
        for _ in 0..<blocks { unsafe fwrite(block, 1, block.count, file) }
        guard unsafe fclose(file) == 0 else { throw Failure("cannot write \(path): is there room for \(blocks * 4096) bytes?") }
    }

    deinit {
        unlink(path)
    }
}
