// The handles of a backend.

public import IOSpec

/// Handles by index. Grows while booting; taking, giving back and looking up is O(1).
@safe
@usableFromInline struct HandleTable: ~Copyable {
    @usableFromInline var records: UnsafeMutablePointer<HandleRecord>
    @usableFromInline var capacity: Int
    @usableFromInline var used = 0
    @usableFromInline var firstFree = Slot.none
    @usableFromInline let limit: Int
    /// Handles that are open or closing.
    @usableFromInline var count = 0
    /// Operations in flight that will make a handle: room is kept for each, so that nothing is made for which there is none.
    @usableFromInline var reserved = 0

    @inlinable var hasRoom: Bool { count + reserved < limit }

    @inlinable init(limit: Int) {
        self.limit = limit
        capacity = min(limit, 256)
        unsafe records = .allocate(capacity: capacity)
    }

    @inlinable deinit {
        unsafe records.deallocate()
    }

    /// Sound as long as `index` is below `used`, which holds for every index that `insert` or `index(of:)` gave.
    @inlinable subscript(index: Int32) -> HandleRecord {
        @inline(__always) _read { yield unsafe records[Int(index)] }
        @inline(__always) nonmutating _modify { yield unsafe &records[Int(index)] }
    }

    /// The index of an open handle, or ``Slot/none`` when the handle is closing, closed, or was never given out.
    @inline(__always)
    @inlinable func index(of handle: Handle) -> Int32 {
        guard handle.index < UInt32(truncatingIfNeeded: used) else { return Slot.none }
        let index = Int32(bitPattern: handle.index)
        guard self[index].generation == handle.generation, self[index].state == .open else { return Slot.none }
        return index
    }

    /// What an operation completes with that made the handle at `index`: the index in 20 bits, and 11 bits of the generation, so that a completion does not
    /// name whatever takes the place later.
    @inlinable func result(at index: Int32) -> Int32 {
        Int32(self[index].generation & 0x7ff) << 20 | index
    }

    /// The handle that `result` names, or nil when it names none that is open.
    @inlinable func handle(named result: Int32) -> Handle? {
        let index = result & 0xf_ffff
        guard result >= 0, let handle = handle(at: index), self.result(at: index) == result else { return nil }
        return handle
    }

    /// The handle at `index`, or nil when there is no open one.
    @inlinable func handle(at index: Int32) -> Handle? {
        guard index >= 0, index < Int32(used), self[index].state == .open else { return nil }
        return Handle(index: UInt32(index), generation: self[index].generation)
    }

    /// Makes a handle of `native`, or answers ``Slot/none`` when there are as many as the limit allows.
    @inlinable mutating func insert(_ native: NativeHandle, connection: HandleRecord.Connection) -> Int32 {
        let index = takeIndex()
        guard index != Slot.none else { return index }
        count += 1
        let generation = self[index].generation
        self[index] = HandleRecord()
        self[index].generation = generation
        self[index].state = .open
        self[index].native = native
        self[index].connection = connection
        return index
    }

    /// Makes the place free; the generation moves on, so that the handle is stale for ever. A place whose generations are used up is retired.
    @inlinable mutating func remove(_ index: Int32) {
        self[index].state = .free
        count -= 1
        guard self[index].generation < .max else { return }
        self[index].generation += 1
        self[index].nextFree = firstFree
        firstFree = index
    }

    @inlinable mutating func takeIndex() -> Int32 {
        if firstFree != Slot.none {
            let index = firstFree
            firstFree = self[index].nextFree
            return index
        }
        guard used < limit else { return Slot.none }
        if used == capacity { grow() }
        unsafe (records + used).initialize(to: HandleRecord())
        used += 1
        return Int32(used - 1)
    }

    @inline(never)
    @inlinable mutating func grow() {
        let larger = min(limit, capacity * 2)
        let moved = UnsafeMutablePointer<HandleRecord>.allocate(capacity: larger)
        unsafe moved.moveInitialize(from: records, count: used)
        unsafe records.deallocate()
        unsafe records = moved
        capacity = larger
    }
}
