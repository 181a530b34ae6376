// What is left of a transfer after some of it has moved.

public import IOSpec

extension Slot {
    /// Makes the operation what is left after `count` bytes have moved.
    ///
    /// A vectored transfer that stopped inside a segment goes on with the rest of that segment alone, then with the segments after it, so that nobody's
    /// segment list is copied or changed.
    @inlinable mutating func advance(by count: Int) {
        switch operation {
        case .file(.read(let handle, let region, let offset)):
            operation = .file(afterRegion(region, count, .read(handle, into: region, at: offset)))
        case .file(.write(let handle, let region, let offset)):
            operation = .file(afterRegion(region, count, .write(handle, from: region, at: offset)))
        case .file(.readVectored(let handle, let segments, let offset)):
            operation = .file(afterSegments(segments, count, .readVectored(handle, into: segments, at: offset)))
        case .file(.writeVectored(let handle, let segments, let offset)):
            operation = .file(afterSegments(segments, count, .writeVectored(handle, from: segments, at: offset)))
        case .file(.append(let handle, let region)):
            operation = .file(.append(handle, from: region.dropping(count)))
        case .stream(.receiveExactly(let handle, let region)):
            operation = .stream(.receiveExactly(handle, into: region.dropping(count)))
        case .stream(.sendZeroCopy(let handle, let region)):
            operation = .stream(.sendZeroCopy(handle, from: region.dropping(count)))
        case .stream(.send(let handle, let region)):
            operation = .stream(afterRegion(region, count, on: handle))
        case .stream(.sendVectored(let handle, let segments)):
            operation = .stream(afterSegments(segments, count, on: handle))
        case .message(.send(let handle, let region)):
            // The handles went with the first byte.
            flags.remove(.namesOthers)
            operation = .stream(afterSegments(region.message.segments, count, on: handle))
        default: break
        }
    }

    // MARK: Streams

    @inlinable mutating func afterRegion(_ region: MemoryRegion, _ count: Int, on handle: Handle) -> StreamOperation {
        if count < region.count { return .send(handle, from: region.dropping(count)) }
        let segments = rest
        rest = .none
        return .sendVectored(handle, from: segments)
    }

    @inlinable mutating func afterSegments(_ segments: SegmentList, _ count: Int, on handle: Handle) -> StreamOperation {
        let (index, left) = segments.place(after: count)
        if left == 0 { return .sendVectored(handle, from: segments.dropping(index)) }
        rest = segments.dropping(index + 1)
        return .send(handle, from: unsafe segments.region(at: index).dropping(left))
    }

    // MARK: Files

    @inlinable mutating func afterRegion(_ region: MemoryRegion, _ count: Int, _ transfer: FileOperation) -> FileOperation {
        if count < region.count { return transfer.moved(to: region.dropping(count), by: count) }
        let segments = rest
        rest = .none
        return transfer.moved(to: segments, by: count)
    }

    @inlinable mutating func afterSegments(_ segments: SegmentList, _ count: Int, _ transfer: FileOperation) -> FileOperation {
        let (index, left) = segments.place(after: count)
        if left == 0 { return transfer.moved(to: segments.dropping(index), by: count) }
        rest = segments.dropping(index + 1)
        return transfer.moved(to: unsafe segments.region(at: index).dropping(left), by: count)
    }
}

extension SegmentList {
    /// Where the list goes on after `count` bytes: the first segment that is not whole, and how much of it is done.
    @inlinable func place(after count: Int) -> (index: Int, left: Int) {
        var index = 0
        var left = count
        while index < self.count {
            // Sound: the list and its regions are lent to the operation until its completion.
            let region = unsafe region(at: index)
            if left < region.count { return (index, left) }
            left -= region.count
            index += 1
        }
        return (index, 0)
    }
}

extension FileOperation {
    /// The same transfer `count` bytes further on, of one region.
    @inlinable func moved(to region: MemoryRegion, by count: Int) -> FileOperation {
        switch self {
        case .read(let handle, _, let offset), .readVectored(let handle, _, let offset):
            .read(handle, into: region, at: offset + Int64(count))
        case .write(let handle, _, let offset), .writeVectored(let handle, _, let offset):
            .write(handle, from: region, at: offset + Int64(count))
        default: self
        }
    }

    /// The same transfer `count` bytes further on, of segments.
    @inlinable func moved(to segments: SegmentList, by count: Int) -> FileOperation {
        switch self {
        case .read(let handle, _, let offset), .readVectored(let handle, _, let offset):
            .readVectored(handle, into: segments, at: offset + Int64(count))
        case .write(let handle, _, let offset), .writeVectored(let handle, _, let offset):
            .writeVectored(handle, from: segments, at: offset + Int64(count))
        default: self
        }
    }
}
