// Memory that a case lends to a backend.

import CLinuxIO
public import IOSpec

/// Memory of a case. It lives as long as the case's backend, whatever the case forgets, because the backend may still fill it.
@safe public final class CaseBuffer {
    /// The bytes after the buffer that nobody may touch.
    private static var guardCount: Int { 64 }
    private static var guardByte: UInt8 { 0xC3 }

    /// The length in bytes.
    public let count: Int
    private let memory: UnsafeMutableRawBufferPointer

    /// Allocates `count` bytes, each of them `byte`, aligned to `alignment`, which is a power of two of at least 16.
    init(count: Int, filledWith byte: UInt8, alignment: Int) {
        let whole = count + Self.guardCount
        guard let base = unsafe linuxio_allocate_aligned(max(alignment, 16), whole) else {
            preconditionFailure("No memory for a buffer of \(count) bytes")
        }
        self.count = count
        unsafe memory = UnsafeMutableRawBufferPointer(start: base, count: whole)
        fill(with: byte)
        for index in count..<whole { unsafe memory[index] = Self.guardByte }
    }

    deinit {
        unsafe linuxio_free(memory.baseAddress)
    }

    /// All of it.
    public var region: MemoryRegion { region(0, count) }

    /// `count` bytes from `offset` on.
    public func region(_ offset: Int, _ count: Int) -> MemoryRegion {
        precondition(offset >= 0 && count >= 0 && offset + count <= self.count, "The region does not lie inside the buffer")
        // Sound: the context keeps the buffer until its backend is gone.
        return unsafe MemoryRegion(UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + count]))
    }

    /// A copy of the contents.
    public var bytes: [UInt8] {
        get { unsafe Array(memory[0..<count]) }
        set {
            precondition(newValue.count == count, "The contents must be as long as the buffer")
            unsafe memory[0..<count].copyBytes(from: newValue)
        }
    }

    /// A copy of `count` bytes from `offset` on.
    public func bytes(_ offset: Int, _ count: Int) -> [UInt8] {
        precondition(offset >= 0 && count >= 0 && offset + count <= self.count, "The bytes do not lie inside the buffer")
        return unsafe Array(memory[offset..<offset + count])
    }

    /// Changes the bytes of a stretch into as many others.
    func replace(_ range: Range<Int>, with bytes: some Collection<UInt8>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count && range.count == bytes.count, "The bytes must fit the buffer")
        unsafe UnsafeMutableRawBufferPointer(rebasing: memory[range]).copyBytes(from: bytes)
    }

    /// The byte at `index`.
    public subscript(index: Int) -> UInt8 {
        get {
            precondition(index >= 0 && index < count, "The index lies outside the buffer")
            return unsafe memory[index]
        }
        set {
            precondition(index >= 0 && index < count, "The index lies outside the buffer")
            unsafe memory[index] = newValue
        }
    }

    /// Sets every byte.
    public func fill(with byte: UInt8) {
        unsafe UnsafeMutableRawBufferPointer(rebasing: memory[0..<count]).initializeMemory(as: UInt8.self, repeating: byte)
    }

    /// Fills with the pattern of `seed`: byte `i` is ``Pattern/byte(at:seed:)`` at `offset + i`.
    public func fill(pattern seed: UInt64, from offset: Int = 0) {
        bytes = Pattern.bytes(count, seed: seed, from: offset)
    }

    /// Copies a value's bytes out of the start of the buffer.
    public func load<Value: BitwiseCopyable>(as type: Value.Type) -> Value {
        precondition(MemoryLayout<Value>.size <= count, "The buffer is too short for the value")
        return unsafe memory.loadUnaligned(as: type)
    }

    /// Copies a value's bytes to `offset`.
    public func store<Value: BitwiseCopyable>(_ value: Value, at offset: Int = 0) {
        precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count, "The value does not fit there")
        unsafe memory.storeBytes(of: value, toByteOffset: offset, as: Value.self)
    }

    /// The memory as a list of segments, for what was stored as an array of regions.
    func segments(_ count: Int) -> SegmentList {
        unsafe SegmentList(address: UInt(bitPattern: memory.baseAddress), count: count)
    }

    /// Whether the bytes after the buffer are as they were.
    var isGuardIntact: Bool {
        (count..<count + Self.guardCount).allSatisfy { unsafe memory[$0] == Self.guardByte }
    }
}
