// The digest of what programs were told.

import IOSpec

extension SimulatedWorld {
    /// Counts what a program is told into the digest, with when.
    func note(_ station: Station, _ slot: UInt32, _ result: Int32) {
        for word in [station.number, UInt64(slot), UInt64(bitPattern: Int64(result)), UInt64(bitPattern: present.nanoseconds)] {
            note(word)
        }
    }

    /// Counts the bytes that an operation has brought.
    func note(bytesOf operation: Operation, count: Int) {
        switch operation {
        case .file(.read(_, let region, _)), .stream(.receive(_, let region)), .stream(.receiveExactly(_, let region)):
            note(region.first(count))
        case .file(.readVectored(_, let segments, _)), .stream(.receiveVectored(_, let segments)): note(segments, count)
        case .message(.receive(_, let region)): note(region.load(as: Message.self).segments, count)
        default: return
        }
    }

    func noteCrash(of host: SimulatedHost) {
        note(UInt64(host.index + 1))
    }

    private func note(_ segments: SegmentList, _ count: Int) {
        var left = count
        for region in segments.regions where left > 0 {
            note(region.first(min(left, region.count)))
            left -= region.count
        }
    }

    private func note(_ region: MemoryRegion) {
        region.forEachWord { note($0) }
    }

    private func note(_ word: UInt64) {
        digest = (digest ^ word) &* 0x100_0000_01b3
    }
}
