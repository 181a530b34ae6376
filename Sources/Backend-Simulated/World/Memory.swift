// Bytes between a program's memory and the world.

import IOSpec

extension MemoryRegion {
    /// The bytes in it. Sound because the memory is lent until the operation is over, and none is tried after that.
    var bytes: [UInt8] {
        if count == 0 { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: count))
    }

    /// Puts as many bytes into it as fit, and returns how many those are.
    @discardableResult
    func fill(_ bytes: some Collection<UInt8>) -> Int {
        if count == 0 || bytes.isEmpty { return 0 }
        // Sound: as above.
        let buffer = unsafe UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: address), count: count)
        let length = min(count, bytes.count)
        unsafe buffer.copyBytes(from: bytes.prefix(length))
        return length
    }

    /// Puts its first bytes in the place of those of `bytes` that a range names; it has as many.
    func copy(to bytes: inout [UInt8], _ range: Range<Int>) {
        precondition(range.count <= count && range.upperBound <= bytes.count)
        // Sound: as above, and both lengths were checked.
        unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[range]).copyMemory(
                from: UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: range.count))
        }
    }

    /// Its first `count` bytes.
    func first(_ count: Int) -> MemoryRegion {
        // Sound: the result lies inside a region whose lender made the promise already.
        unsafe MemoryRegion(address: address, count: count)
    }

    /// The value that it holds exactly; it was checked that it has the size.
    func load<Value: BitwiseCopyable>(as type: Value.Type) -> Value {
        // Sound: as above.
        unsafe UnsafeRawPointer(bitPattern: address).unsafelyUnwrapped.loadUnaligned(as: type)
    }

    /// Hands its bytes to `body`, eight at a time, and zeros behind the last ones.
    func forEachWord(_ body: (UInt64) -> Void) {
        for place in stride(from: 0, to: count, by: 8) {
            let rest = dropping(place)
            if rest.count >= 8 {
                body(rest.load(as: UInt64.self))
            } else {
                body(rest.bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
            }
        }
    }

    func store<Value: BitwiseCopyable>(_ value: Value) {
        // Sound: as above.
        unsafe UnsafeMutableRawPointer(bitPattern: address).unsafelyUnwrapped.storeBytes(of: value, as: Value.self)
    }
}

extension SegmentList {
    /// The regions, in order. Sound because the list is lent as the memory is.
    var regions: [MemoryRegion] {
        (0..<count).map { unsafe region(at: $0) }
    }

    /// All bytes, one region after the other.
    var bytes: [UInt8] { regions.flatMap { $0.bytes } }

    var byteCount: Int { regions.reduce(0) { $0 + $1.count } }

    /// The first `count` bytes.
    func first(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for region in regions where bytes.count < count { bytes += region.first(min(region.count, count - bytes.count)).bytes }
        return bytes
    }

    /// Fills the regions one after the other, and returns how many bytes there was room for.
    @discardableResult
    func fill(_ bytes: some Collection<UInt8>) -> Int {
        var rest = bytes[...]
        var count = 0
        for region in regions {
            let length = region.fill(rest)
            rest = rest.dropFirst(length)
            count += length
        }
        return count
    }
}

extension PathReference {
    /// The path without its closing zero.
    var bytes: [UInt8] { region.dropping(0).bytes.dropLast() }
}
