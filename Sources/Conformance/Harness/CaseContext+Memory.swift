// Memory, paths and addresses that a case lends to its backend.

public import IOSpec

extension CaseContext {
    /// Lends `count` bytes, each of them `byte`; ask for an alignment of 4096 for direct transfers.
    public func buffer(_ count: Int, filledWith byte: UInt8 = 0xA5, alignment: Int = 16) -> CaseBuffer {
        let buffer = CaseBuffer(count: count, filledWith: byte, alignment: alignment)
        buffers.append(buffer)
        return buffer
    }

    /// Lends a copy of `bytes`.
    public func buffer(_ bytes: [UInt8]) -> CaseBuffer {
        let buffer = buffer(bytes.count)
        buffer.bytes = bytes
        return buffer
    }

    /// Gives a buffer back before the end of the case, so that a long case does not pile memory up. Nothing in flight may use it.
    public func release(_ buffer: CaseBuffer) {
        buffers.removeAll { $0 === buffer }
    }

    /// Lends a path with its closing zero.
    public func path(_ name: String) -> PathReference {
        path(bytes: Array(name.utf8) + [0])
    }

    /// Lends the bytes of a path as they are, with or without a closing zero.
    public func path(bytes: [UInt8]) -> PathReference {
        PathReference(buffer(bytes).region)
    }

    /// Lends a list of segments.
    public func segments(_ regions: [MemoryRegion]) -> SegmentList {
        let stride = MemoryLayout<MemoryRegion>.stride
        let list = buffer(regions.count * stride)
        for (index, region) in regions.enumerated() { list.store(region, at: index * stride) }
        return list.segments(regions.count)
    }

    /// Lends an address to connect to.
    public func address(_ address: SocketAddress) -> MemoryRegion {
        let memory = buffer(MemoryLayout<SocketAddress>.size)
        memory.store(address)
        return memory.region
    }
}
