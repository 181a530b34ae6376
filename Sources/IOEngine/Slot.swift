// Everything the engine knows of one operation.

public import IOSpec

/// One operation's state. A slot is *free*, *waiting* for other operations, *runnable*, *held back* because the kernel's queue is full,
/// *started*, *resting* between two shots of a multishot operation, or *finished*, which lasts until its last completion has been reaped.
@usableFromInline struct Slot {
    @usableFromInline enum State: UInt8 {
        case free, waiting, runnable, heldBack, started, resting, finished
    }

    /// What a waiting operation waits for; it becomes runnable when nothing is left.
    @usableFromInline struct Waits: OptionSet {
        @usableFromInline let rawValue: UInt8
        @inlinable init(rawValue: UInt8) { self.rawValue = rawValue }
        /// A barrier before it, or, for a barrier, everything before it.
        @inlinable static var gate: Waits { Waits(rawValue: 1) }
        /// An earlier operation in the same direction.
        @inlinable static var order: Waits { Waits(rawValue: 2) }
        /// Its predecessor in the chain.
        @inlinable static var chain: Waits { Waits(rawValue: 4) }
        /// An earlier operation in the sending half; `order` is the receiving one.
        @inlinable static var sendingOrder: Waits { Waits(rawValue: 16) }
        /// For a close: the operations of the handle.
        @inlinable static var drain: Waits { Waits(rawValue: 8) }
    }

    @usableFromInline struct Flags: OptionSet {
        @usableFromInline let rawValue: UInt16
        @inlinable init(rawValue: UInt16) { self.rawValue = rawValue }
        /// The program asked for it to end.
        @inlinable static var cancelled: Flags { Flags(rawValue: 1) }
        /// Its deadline has passed.
        @inlinable static var expired: Flags { Flags(rawValue: 2) }
        /// The kernel interface was told to stop what is pending.
        @inlinable static var stopping: Flags { Flags(rawValue: 4) }
        /// Nothing after it starts before it has completed.
        @inlinable static var barrier: Flags { Flags(rawValue: 8) }
        /// It has passed the gate and counts among what a barrier waits for.
        @inlinable static var admitted: Flags { Flags(rawValue: 16) }
        /// Its count may be less than asked only if it was cut short.
        @inlinable static var transfer: Flags { Flags(rawValue: 32) }
        /// It will make a handle, for which room is kept.
        @inlinable static var reserving: Flags { Flags(rawValue: 128) }
        /// A close that has begun: it cannot be cancelled any more.
        @inlinable static var closing: Flags { Flags(rawValue: 64) }
        /// It is the connect that the stream is being connected by.
        @inlinable static var connecting: Flags { Flags(rawValue: 256) }
        /// A transfer that takes what it gets, and is not continued.
        @inlinable static var takesSome: Flags { Flags(rawValue: 512) }
        /// It has completions with more to follow.
        @inlinable static var multishot: Flags { Flags(rawValue: 1024) }
        /// It names handles besides its own, which the kernel interface gets to see with each start.
        @inlinable static var namesOthers: Flags { Flags(rawValue: 2048) }
        /// An accept without room: what the kernel interface has is a watch of its listener.
        @inlinable static var awaitingConnection: Flags { Flags(rawValue: 4096) }
        /// An accept whose listener was seen to have a connection.
        @inlinable static var metConnection: Flags { Flags(rawValue: 8192) }
        /// A multishot wait that was told of the connections that are kept.
        @inlinable static var toldOfKept: Flags { Flags(rawValue: 16384) }
    }

    /// No slot, no handle, not in the heap.
    @inlinable static var none: Int32 { -1 }

    // In the order of use: a plain operation touches the first two cache lines of its slot, and those only.

    /// What is still to be done; starts as what was submitted.
    @usableFromInline var operation = Operation.control(.nop)
    @usableFromInline var state = State.free
    @usableFromInline var waits: Waits = []
    @usableFromInline var flags: Flags = []
    /// The half of the handle whose order it keeps.
    @usableFromInline var order = StreamOrder.none
    /// The error that it completes with as soon as nothing is left to wait for; 0 if it is valid.
    @usableFromInline var failure: Int32 = 0
    /// The index of the handle that it refers to.
    @usableFromInline var handle = Slot.none
    /// The index of the second handle that it acts on; none unless there is a first.
    @usableFromInline var other = Slot.none
    /// The members of its chain before and after it, as long as those have not completed.
    @usableFromInline var predecessor = Slot.none
    @usableFromInline var successor = Slot.none
    @usableFromInline var heapIndex = Slot.none
    /// Links among what is free, runnable, held back or resting.
    @usableFromInline var stateLinks = Links()
    @usableFromInline var generation: UInt64 = 1
    /// Bytes asked, and bytes moved so far.
    @usableFromInline var requested = 0
    @usableFromInline var moved = 0
    @usableFromInline var deadline: Instant = .never
    /// The place in the order of all submissions.
    @usableFromInline var sequence: UInt64 = 0

    /// Links among what waits at the gate or in a receiving half.
    @usableFromInline var orderLinks = Links()
    /// Links among what waits in a sending half.
    @usableFromInline var sendingLinks = Links()
    /// When the heap has it fire.
    @usableFromInline var fires: Instant = .never
    /// Segments that follow a region which is being finished alone; of an earlier operation otherwise, and set before it is looked at.
    @usableFromInline var rest = SegmentList.none
    /// Fills the third cache line.
    @usableFromInline let padding: (UInt64, UInt64, UInt64) = (0, 0, 0)

    @inlinable init() {}

    /// Starts the life of an operation in a slot that was just taken; what is left of the last one is overwritten.
    @inline(__always)
    @inlinable mutating func begin(_ submission: Submission, _ check: Check, _ sequence: UInt64) {
        // Copied whole, an operation without arguments would wait for stores of the caller that are still under way.
        if case .control(.nop) = submission.operation { operation = .control(.nop) } else { operation = submission.operation }
        waits = []
        flags = submission.isBarrier ? check.flags.union(.barrier) : check.flags
        order = check.order
        failure = check.failure
        handle = check.handle
        other = check.other
        predecessor = Slot.none
        successor = Slot.none
        requested = check.requested
        moved = 0
        deadline = submission.deadline
        self.sequence = sequence
    }

    /// Whether nothing else knows of the operation: no handle, no chain, no timer.
    @inlinable var isAlone: Bool {
        @inline(__always) get { handle & predecessor & successor & heapIndex == Slot.none }
    }

    /// A list's links through slots.
    @usableFromInline struct Links {
        @usableFromInline var next: Int32
        @usableFromInline var previous: Int32

        @inlinable init(next: Int32 = Slot.none, previous: Int32 = Slot.none) {
            self.next = next
            self.previous = previous
        }
    }

    /// Which pair of links a list uses.
    @usableFromInline enum List {
        case order, sending, state
    }

    @inlinable subscript(list: List) -> Links {
        @inline(__always) get {
            switch list {
            case .order: orderLinks
            case .sending: sendingLinks
            case .state: stateLinks
            }
        }
        @inline(__always) set {
            switch list {
            case .order: orderLinks = newValue
            case .sending: sendingLinks = newValue
            case .state: stateLinks = newValue
            }
        }
    }
}

extension SegmentList {
    /// No segments.
    @inlinable static var none: SegmentList { unsafe SegmentList(address: 0, count: 0) }
}
