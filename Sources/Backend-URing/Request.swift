// One request to the ring as plain data, in the terms of the kernel's submission queue entry.

#if URing

/// The fields of a submission queue entry that this backend uses.
struct Request: BitwiseCopyable {
    var opcode: Opcode
    /// `IOSQE_` flags.
    var entryFlags: UInt8 = 0
    var priority: UInt16 = 0
    var descriptor: Int32 = -1
    var address: UInt64 = 0
    var length: UInt32 = 0
    var offset: UInt64 = 0
    /// The flags of the operation: `RWF_`, `MSG_`, `SOCK_` and so on.
    var flags: UInt32 = 0
    /// The place of registered memory, or the pool that a buffer is selected from.
    var buffer: UInt16 = 0

    @inline(__always)
    init(_ opcode: Opcode, on descriptor: Int32 = -1, address: UInt = 0, length: Int = 0, offset: UInt64 = 0, flags: Int32 = 0) {
        self.opcode = opcode
        self.descriptor = descriptor
        self.address = UInt64(address)
        // The engine admits no transfer above 2^30 bytes, so nothing is lost in 32 bits.
        self.length = UInt32(truncatingIfNeeded: length)
        self.offset = offset
        self.flags = UInt32(bitPattern: flags)
    }
}

#endif
