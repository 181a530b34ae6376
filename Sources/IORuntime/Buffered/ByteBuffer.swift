// The fixed storage of a buffered reader or writer.

import Glibc
import IOSpec

/// Bytes that wait in fixed storage: they come in at its end and go out at its start.
@safe
struct ByteBuffer: ~Copyable {
    let capacity: Int
    private let memory: UnsafeMutableRawPointer
    private var start = 0
    private var end = 0
    private var isLent = false

    init(capacity: Int) {
        self.capacity = capacity
        unsafe memory = .allocate(byteCount: capacity, alignment: 4096)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: capacity)
    }

    // Sound: whoever lends a part of it to an operation keeps it until that is over.
    deinit { unsafe memory.deallocate() }

    var count: Int { end - start }
    var room: Int { capacity - end }

    // MARK: Lending

    /// The bytes that are there, for an operation that reads them.
    mutating func lendBytes() -> MemoryRegion {
        lend()
        return unsafe MemoryRegion(address: UInt(bitPattern: memory + start), count: count)
    }

    /// The room at the end, all that there is, for an operation that fills it. Bytes in front of the last room are moved to the start.
    mutating func lendRoom() -> MemoryRegion {
        if room == 0 { moveToStart() }
        lend()
        return unsafe MemoryRegion(address: UInt(bitPattern: memory + end), count: room)
    }

    /// Ends what ``lendBytes()`` or ``lendRoom()`` began; of the room, so much was filled.
    mutating func takeBack(filled: Int = 0) {
        isLent = false
        end += filled
    }

    // Two operations at once would take the same bytes, or fill the same room.
    private mutating func lend() {
        precondition(!isLent, "A buffered reader or writer does one thing at a time")
        isLent = true
    }

    /// Moves what is there to the start, if it could not grow to `count` bytes where it is.
    mutating func makeRoom(for count: Int) {
        if start + count > capacity { moveToStart() }
    }

    private mutating func moveToStart() {
        precondition(!isLent, "What is lent stays where it is")
        if start == 0 { return }
        unsafe memory.copyMemory(from: memory + start, byteCount: count)
        end -= start
        start = 0
    }

    // MARK: Bytes

    mutating func drop(_ count: Int) {
        precondition(!isLent, "A buffered reader or writer does one thing at a time")
        start += count
        if start == end { (start, end) = (0, 0) }
    }

    /// Adds bytes for which there is room.
    mutating func append(_ bytes: RawSpan) {
        precondition(bytes.byteCount <= room && !isLent, "There is room for what is added")
        unsafe bytes.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return }
            unsafe (memory + end).copyMemory(from: base, byteCount: source.count)
        }
        end += bytes.byteCount
    }

    /// Moves bytes out, from `offset` in `span` on, as many as are there and fit.
    mutating func move(into span: inout MutableRawSpan, at offset: Int) -> Int {
        let moved = min(count, span.byteCount - offset)
        let source = unsafe UnsafeRawBufferPointer(start: memory + start, count: moved)
        if moved > 0 {
            unsafe span.withUnsafeMutableBytes { unsafe UnsafeMutableRawBufferPointer(rebasing: $0[offset...]).copyMemory(from: source) }
        }
        drop(moved)
        return moved
    }

    /// Passes some of the bytes on, for the length of the call.
    func withBytes<Value>(_ range: Range<Int>, _ body: (RawSpan) -> Value) -> Value {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "Only what is there can be looked at")
        return unsafe body(UnsafeRawBufferPointer(start: memory + start + range.lowerBound, count: range.count).bytes)
    }

    /// Where a byte is, from `offset` on; nil when it is not there.
    func firstIndex(of byte: UInt8, from offset: Int) -> Int? {
        if offset >= count { return nil }
        let first = unsafe memory + start
        guard let place = unsafe memchr(first + offset, Int32(byte), count - offset) else { return nil }
        return unsafe UnsafeRawPointer(place) - UnsafeRawPointer(first)
    }

    /// The byte at a place.
    subscript(place: Int) -> UInt8 {
        precondition(place >= 0 && place < count, "Only what is there can be looked at")
        return unsafe memory.load(fromByteOffset: start + place, as: UInt8.self)
    }
}
