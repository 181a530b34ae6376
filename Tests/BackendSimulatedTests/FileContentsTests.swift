// The bytes of a file, against a plain array of them.

import IOSpec
import Testing

@testable import BackendSimulated

@Suite struct FileContentsTests {
    @Test func `contents are those of a plain array, whatever is written, cut off, allocated and given back`() {
        for seed in UInt64(1)...20 {
            var chance = SeededRandom(seed: seed)
            let contents = FileContents()
            var model: [UInt8] = []
            for _ in 0..<60 {
                change(contents, &model, &chance)
                #expect(contents.bytes == model, "with seed \(seed)")
            }
        }
    }

    @Test func `holes take up no storage, and allocated ranges do`() {
        let contents = FileContents()
        contents.write([1], at: 1 << 30)
        #expect(contents.allocatedSize == 4096)
        let isDone = contents.allocate(4095..<8193, room: 1 << 20, keepsSize: true)
        #expect(isDone && contents.allocatedSize == 4 * 4096)
        contents.punchHole(4096..<8192)
        #expect(contents.allocatedSize == 3 * 4096)
        contents.truncate(to: 1)
        #expect(contents.allocatedSize == 4096 && contents.size == 1)
    }

    @Test func `a write takes no more storage than there is room for, and an allocation takes none`() {
        let contents = FileContents()
        let moved = contents.write(9000, at: 100, room: 2 * 4096) { span, page in page[span.bytes.lowerBound] = 1 }
        #expect(moved == 8092 && contents.size == 8192 && contents.allocatedSize == 8192)
        let isDone = contents.allocate(0..<12_289, room: 4096, keepsSize: false)
        #expect(!isDone && contents.size == 8192 && contents.allocatedSize == 8192)
    }

    @Test func `after a crash each sector is as it was or as it is, and what was synchronized is there`() {
        var sawTornPage = false
        for seed in UInt64(1)...200 {
            var chance = SeededRandom(seed: seed)
            let contents = FileContents()
            contents.write([UInt8](repeating: 1, count: 10_000), at: 0)
            contents.synchronize()
            contents.write([UInt8](repeating: 3, count: 3000), at: 3000)
            contents.write([UInt8](repeating: 2, count: 6000), at: 2000)
            contents.crash(losing: Int(chance.number(in: 0...1_000_000)), &chance)
            let bytes = contents.bytes
            #expect(bytes.count == 10_000)
            #expect(!bytes.contains(3))
            #expect(bytes[..<2000].allSatisfy { $0 == 1 } && bytes[8000...].allSatisfy { $0 == 1 })
            // The first whole sector of the write begins at 2,048.
            for start in stride(from: 2048, to: 7680, by: 512) { #expect(Set(bytes[start..<start + 512]).count == 1) }
            sawTornPage = sawTornPage || Set(bytes[4096..<8000]).count == 2
        }
        #expect(sawTornPage)
    }

    @Test func `after a crash the size is one that the file had, or one on the way there`() {
        var sizes: Set<Int64> = []
        for seed in UInt64(1)...200 {
            var chance = SeededRandom(seed: seed)
            let contents = FileContents()
            contents.write([UInt8](repeating: 1, count: 5000), at: 0)
            contents.synchronize()
            contents.truncate(to: 100)
            contents.write([UInt8](repeating: 2, count: 20), at: 200)
            contents.crash(losing: 500_000, &chance)
            #expect(contents.size == 5000 || contents.size == 220)
            #expect(contents.bytes.count == Int(contents.size))
            sizes.insert(contents.size)
            let end = Int(contents.size)
            contents.truncate(to: 9000)
            #expect(contents.bytes[end...].allSatisfy { $0 == 0 }, "what lies beyond the end is zeros once the file grows")
        }
        #expect(sizes == [220, 5000])
    }

    @Test func `whatever is done to a file in storage, after a crash each byte is as it was or as it is`() {
        for seed in UInt64(1)...200 {
            var chance = SeededRandom(seed: seed)
            let contents = FileContents()
            var before: [UInt8] = []
            for _ in 0..<10 { change(contents, &before, &chance) }
            contents.synchronize()
            var after = before
            for _ in 0..<2 { change(contents, &after, &chance) }
            contents.crash(losing: 500_000, &chance)
            // Beyond the end of either there are zeros.
            grow(&before, to: 60_000)
            grow(&after, to: 60_000)
            let bytes = contents.bytes
            let strange = bytes.indices.first { bytes[$0] != before[$0] && bytes[$0] != after[$0] }
            #expect(strange == nil, "with seed \(seed)")
        }
    }

    private func change(_ contents: FileContents, _ model: inout [UInt8], _ chance: inout SeededRandom) {
        let start = Int(chance.number(in: 0...30_000))
        let count = Int(chance.number(in: 1...12_000))
        switch chance.number(in: 0...4) {
        case 0, 1:
            let byte = UInt8(chance.number(in: 1...255))
            contents.write([UInt8](repeating: byte, count: count), at: Int64(start))
            grow(&model, to: start + count)
            model.replaceSubrange(start..<start + count, with: repeatElement(byte, count: count))
        case 2:
            contents.truncate(to: Int64(start))
            model = Array(model.prefix(start))
            grow(&model, to: start)
        case 3:
            contents.punchHole(Int64(start)..<Int64(start + count))
            let range = min(start, model.count)..<min(start + count, model.count)
            model.replaceSubrange(range, with: repeatElement(0, count: range.count))
        default:
            let keepsSize = chance.happens(500_000)
            _ = contents.allocate(Int64(start)..<Int64(start + count), room: 1 << 30, keepsSize: keepsSize)
            if !keepsSize { grow(&model, to: start + count) }
        }
    }

    private func grow(_ model: inout [UInt8], to count: Int) {
        model += Array(repeating: 0, count: max(0, count - model.count))
    }
}

extension FileContents {
    fileprivate var bytes: [UInt8] {
        var bytes: [UInt8] = []
        _ = read(Int(size) + 1, at: 0) { span, page in bytes += page[span.bytes] }
        return bytes
    }

    fileprivate func write(_ bytes: [UInt8], at offset: Int64) {
        _ = write(bytes.count, at: offset, room: 1 << 40) { span, page in
            page.replaceSubrange(span.bytes, with: bytes[span.place..<span.place + span.bytes.count])
        }
    }
}
