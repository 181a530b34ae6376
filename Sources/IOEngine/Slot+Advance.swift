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
        case .stream(.send(let handle, let region)):
            operation = .stream(.send(handle, from: region.dropping(count)))
        default: break
        }
    }

    @inlinable mutating func afterRegion(_ region: MemoryRegion, _ count: Int, _ transfer: FileOperation) -> FileOperation {
        if count < region.count { return transfer.moved(to: region.dropping(count), by: count) }
        let segments = rest
        rest = .none
        return transfer.moved(to: segments, by: count)
    }

    @inlinable mutating func afterSegments(_ segments: SegmentList, _ count: Int, _ transfer: FileOperation) -> FileOperation {
        var index = 0
        var left = count
        while index < segments.count {
            // Sound: the list and its regions are lent to the operation until its completion.
            let region = unsafe segments.region(at: index)
            if left < region.count { break }
            left -= region.count
            index += 1
        }
        if left == 0 || index == segments.count { return transfer.moved(to: segments.dropping(index), by: count) }
        rest = segments.dropping(index + 1)
        return transfer.moved(to: unsafe segments.region(at: index).dropping(left), by: count)
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
