// What the kernel's completions mean, slot by slot.

#if AIO

import IOSpec

/// The operation in each slot, with all it takes to try it again.
@safe
struct InFlightTable: ~Copyable {
    /// Who has the operation in a slot.
    enum Stage: UInt8 {
        /// Nobody: there is none, or its event is on its way.
        case idle
        /// The kernel does it.
        case native
        /// The kernel tells when it can be tried again.
        case polling
        /// As `polling`, and it was asked to stop: the next try is the last.
        case stopping
        /// The kernel watches its readiness, once.
        case watch
        /// It was given to the workers.
        case worker
        /// It is among the watches that last.
        case lastingWatch
    }

    /// An operation and who has it.
    struct Record: BitwiseCopyable {
        var operation = Operation.control(.nop)
        var handle = NativeHandle.none
        /// The second handle of an operation that acts on two.
        var other = NativeHandle.none
        var stage = Stage.idle
    }

    private let records: UnsafeMutablePointer<Record>
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        unsafe records = .allocate(capacity: capacity)
        unsafe records.initialize(repeating: Record(), count: capacity)
    }

    deinit {
        // Sound: `Record` is trivial, so there is nothing to deinitialise.
        unsafe records.deallocate()
    }

    /// Sound because the slot is checked against the capacity.
    subscript(slot: UInt32) -> Record {
        get {
            precondition(slot < capacity, "The slot lies outside the table's configuration")
            return unsafe records[Int(slot)]
        }
        nonmutating set {
            precondition(slot < capacity, "The slot lies outside the table's configuration")
            unsafe records[Int(slot)] = newValue
        }
    }
}

#endif
