// A message and what it names, in memory for an operation.

import IOSpec

/// A message of one segment.
final class LentMessage {
    private let text: LentMemory
    private let address: LentMemory?
    private let segment: LentMemory
    private let message: LentMemory

    init(_ bytes: [UInt8], address: LentMemory? = nil) {
        self.address = address
        text = LentMemory(bytes)
        segment = LentMemory(holding: text.region)
        // Sound: the list lives as long as the message does, and so does what it names.
        let segments = unsafe SegmentList(address: segment.region.address, count: 1)
        message = LentMemory(holding: Message(segments, address: address?.region ?? .empty))
    }

    var region: MemoryRegion { message.region }
    var bytes: [UInt8] { text.bytes }
    /// What a receive has told.
    var told: Message { message.load(as: Message.self) }
}
