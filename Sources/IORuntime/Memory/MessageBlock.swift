// What an operation on a message lends apart from the bytes themselves.

import IOSpec

/// A message, its one segment, and room for an address.
struct MessageBlock: ~Copyable {
    // The message is first, so that it is aligned as the block is.
    private static var segmentOffset: Int { MemoryLayout<Message>.stride }
    private static var addressOffset: Int { segmentOffset + MemoryLayout<MemoryRegion>.stride }
    private static var size: Int { addressOffset + MemoryLayout<SocketAddress>.stride }

    private let block: LentBlock

    /// A message of `bytes` to an address, or to the connected peer.
    init(sending bytes: MemoryRegion, to address: SocketAddress?, on loop: EventLoop) {
        self.init(bytes, address, namesAddress: address != nil, on: loop)
    }

    /// Room for a message in `bytes`, and for whom it came from.
    init(receivingInto bytes: MemoryRegion, on loop: EventLoop) {
        self.init(bytes, nil, namesAddress: true, on: loop)
    }

    private init(_ bytes: MemoryRegion, _ address: SocketAddress?, namesAddress: Bool, on loop: EventLoop) {
        block = LentBlock(count: Self.size, on: loop)
        let segment = block.region(at: Self.segmentOffset, count: MemoryLayout<MemoryRegion>.size)
        let room = block.region(at: Self.addressOffset, count: MemoryLayout<SocketAddress>.size)
        block.store(bytes, at: Self.segmentOffset)
        if let address { block.store(address, at: Self.addressOffset) }
        // Sound: the one segment lies in the block.
        let segments = unsafe SegmentList(address: segment.address, count: 1)
        block.store(Message(segments, address: namesAddress ? room : .empty))
    }

    /// Where the message lies.
    var region: MemoryRegion { block.region(at: 0, count: MemoryLayout<Message>.size) }

    /// The message, with what its receiving told.
    var message: Message { block.load(as: Message.self) }

    /// Whom it came from, if that is known.
    var sender: SocketAddress? {
        message.flags.contains(.hasAddress) ? block.load(at: Self.addressOffset, as: SocketAddress.self) : nil
    }
}
