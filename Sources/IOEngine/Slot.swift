// Everything the engine knows of one operation.

import IOSpec

/// One operation's state. A slot is *free*, *waiting* for other operations, *runnable*, *held back* because the kernel's queue is full,
/// *started*, or *finished*, which lasts until its completion has been reaped.
struct Slot {
    enum State: UInt8 {
        case free, waiting, runnable, heldBack, started, finished
    }

    /// What a waiting operation waits for; it becomes runnable when nothing is left.
    struct Waits: OptionSet {
        let rawValue: UInt8
        /// A barrier before it, or, for a barrier, everything before it.
        static var gate: Waits { Waits(rawValue: 1) }
        /// An earlier operation in the same direction.
        static var order: Waits { Waits(rawValue: 2) }
        /// Its predecessor in the chain.
        static var chain: Waits { Waits(rawValue: 4) }
        /// For a close: the operations of the handle.
        static var drain: Waits { Waits(rawValue: 8) }
    }

    struct Flags: OptionSet {
        let rawValue: UInt8
        /// The program asked for it to end.
        static var cancelled: Flags { Flags(rawValue: 1) }
        /// Its deadline has passed.
        static var expired: Flags { Flags(rawValue: 2) }
        /// The kernel interface was told to stop what is pending.
        static var stopping: Flags { Flags(rawValue: 4) }
        /// Nothing after it starts before it has completed.
        static var barrier: Flags { Flags(rawValue: 8) }
        /// It has passed the gate and counts among what a barrier waits for.
        static var admitted: Flags { Flags(rawValue: 16) }
        /// Its count may be less than asked only if it was cut short.
        static var transfer: Flags { Flags(rawValue: 32) }
        /// A close that has begun: it cannot be cancelled any more.
        static var closing: Flags { Flags(rawValue: 64) }
    }

    /// No slot, no handle, not in the heap.
    static var none: Int32 { -1 }

    var generation: UInt64 = 1
    /// What is still to be done; starts as what was submitted.
    var operation = Operation.control(.nop)
    var state = State.free
    var waits: Waits = []
    var flags: Flags = []
    /// The half of the handle whose order it keeps.
    var order = StreamOrder.none
    /// The error that it completes with as soon as nothing is left to wait for; 0 if it is valid.
    var failure: Int32 = 0
    /// The index of the handle that it refers to.
    var handle = Slot.none
    /// The members of its chain before and after it, as long as those have not completed.
    var predecessor = Slot.none
    var successor = Slot.none
    var heapIndex = Slot.none
    /// Links among what waits at the gate or in one direction.
    var orderLinks = Links()
    /// Links among what is free, runnable or held back.
    var stateLinks = Links()
    /// Bytes asked, and bytes moved so far.
    var requested = 0
    var moved = 0
    /// When the heap has it fire.
    var fires = Instant.never
    var deadline = Instant.never
    /// The place in the order of all submissions.
    var sequence: UInt64 = 0
    /// Segments that follow a region which is being finished alone.
    var rest = SegmentList.none

    /// A list's links through slots.
    struct Links {
        var next = Slot.none
        var previous = Slot.none
    }

    /// Which pair of links a list uses.
    enum List {
        case order, state
    }

    subscript(list: List) -> Links {
        @inline(__always) get { list == .order ? orderLinks : stateLinks }
        @inline(__always) set {
            if list == .order { orderLinks = newValue } else { stateLinks = newValue }
        }
    }
}

extension SegmentList {
    /// No segments.
    static var none: SegmentList { unsafe SegmentList(address: 0, count: 0) }
}
