// What waits for which descriptor to become ready.

public import IOSpec

/// The operations of a readiness backend that wait, found by slot and by descriptor and direction; and which descriptors are registered with the kernel.
///
/// In each direction of a descriptor at most one operation waits: the engine starts no other. All operations are O(1); nothing is allocated
/// once the largest descriptor number has been seen.
@safe
public struct ReadinessTable: ~Copyable {
    /// An operation that waits, with all it takes to try it again.
    public struct Waiting: BitwiseCopyable {
        /// What is to be done.
        public let operation: Operation
        /// The handle it is done on.
        public let handle: NativeHandle
        /// The second handle of an operation that acts on two.
        public let other: NativeHandle
        /// The direction in which the descriptor must become ready; never both.
        public let direction: Direction

        /// The descriptor that must become ready: an operation that acts on two handles sends to the second one.
        public var descriptor: Int32 { handle.awaited(direction, with: other).number }
    }

    private struct Entry: BitwiseCopyable {
        // Tells the lives of one descriptor number apart; advances when a registration ends.
        var generation: UInt32 = 0
        var isRegistered = false
        var receiver: Int32 = -1
        var sender: Int32 = -1
    }

    private let capacity: Int
    // Tells which of `waiting` are initialized; apart from them, so that slots that are never used take up no memory.
    private let isWaiting: UnsafeMutablePointer<Bool>
    private let waiting: UnsafeMutablePointer<Waiting>
    private var entries: UnsafeMutablePointer<Entry>
    private var count: Int

    /// An empty table for slots in `0 ..< operations`.
    public init(operations: Int) {
        capacity = operations
        unsafe isWaiting = .allocate(capacity: operations)
        unsafe isWaiting.initialize(repeating: false, count: operations)
        unsafe waiting = .allocate(capacity: operations)
        count = 64
        unsafe entries = .allocate(capacity: count)
        unsafe entries.initialize(repeating: Entry(), count: count)
    }

    deinit {
        unsafe isWaiting.deallocate()
        unsafe waiting.deallocate()
        unsafe entries.deallocate()
    }

    // MARK: Waiting operations

    /// Lets an operation wait in one direction of its handle.
    ///
    /// - Precondition: nothing waits in the slot, nor in that direction of the handle.
    public mutating func await(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none, _ direction: Direction
    ) {
        precondition(slot < capacity, "The slot lies outside the table's configuration")
        let record = Waiting(operation: operation, handle: handle, other: other, direction: direction)
        reserve(record.descriptor)
        unsafe (waiting + Int(slot)).initialize(to: record)
        unsafe isWaiting[Int(slot)] = true
        setSlot(Int32(slot), of: record.descriptor, direction)
    }

    /// The operation that waits in a slot, or nil.
    public func operation(in slot: UInt32) -> Waiting? {
        guard slot < capacity, unsafe isWaiting[Int(slot)] else { return nil }
        return unsafe waiting[Int(slot)]
    }

    /// The slot that waits for a descriptor in one direction, or nil.
    public func slot(awaiting descriptor: Int32, _ direction: Direction) -> UInt32? {
        guard descriptor >= 0, descriptor < count else { return nil }
        let entry = unsafe entries[Int(descriptor)]
        let slot = direction == .receiving ? entry.receiver : entry.sender
        return slot < 0 ? nil : UInt32(slot)
    }

    /// Takes an operation out: it waits no more.
    public mutating func remove(_ slot: UInt32) {
        guard let operation = operation(in: slot) else { return }
        unsafe isWaiting[Int(slot)] = false
        setSlot(-1, of: operation.descriptor, operation.direction)
    }

    // MARK: Registrations

    /// Whether a descriptor is registered.
    public func isRegistered(_ descriptor: Int32) -> Bool {
        descriptor >= 0 && descriptor < count && (unsafe entries[Int(descriptor)].isRegistered)
    }

    /// Notes that a descriptor is registered, and gives the key that its events are to carry.
    public mutating func register(_ descriptor: Int32) -> UInt64 {
        reserve(descriptor)
        unsafe entries[Int(descriptor)].isRegistered = true
        return unsafe UInt64(entries[Int(descriptor)].generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
    }

    /// Ends a registration: events with its key are stale from now on.
    public mutating func unregister(_ descriptor: Int32) {
        guard isRegistered(descriptor) else { return }
        unsafe entries[Int(descriptor)].isRegistered = false
        unsafe entries[Int(descriptor)].generation &+= 1
    }

    /// The descriptor of an event's key, or nil when its registration has ended.
    public func descriptor(of key: UInt64) -> Int32? {
        let descriptor = Int32(truncatingIfNeeded: key)
        guard isRegistered(descriptor), unsafe entries[Int(descriptor)].generation == UInt32(key >> 32) else { return nil }
        return descriptor
    }

    // MARK: Entries

    private func setSlot(_ slot: Int32, of descriptor: Int32, _ direction: Direction) {
        if direction == .receiving {
            unsafe entries[Int(descriptor)].receiver = slot
        } else {
            unsafe entries[Int(descriptor)].sender = slot
        }
    }

    private mutating func reserve(_ descriptor: Int32) {
        if descriptor < count { return }
        let larger = max(Int(descriptor) + 1, 2 * count)
        let grown = UnsafeMutablePointer<Entry>.allocate(capacity: larger)
        unsafe grown.initialize(from: entries, count: count)
        unsafe (grown + count).initialize(repeating: Entry(), count: larger - count)
        unsafe entries.deallocate()
        unsafe entries = unsafe grown
        count = larger
    }
}
