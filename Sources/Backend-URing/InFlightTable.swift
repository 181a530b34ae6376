// What the ring's completions mean, slot by slot.

#if URing

import IOSpec

/// The stage of the operation in each slot, and what is needed to try it again.
///
/// A stage is one byte apart from the rest, so that the common operation touches nothing else.
@safe
struct InFlightTable: ~Copyable {
    /// How far the operation in a slot is.
    enum Stage: UInt8 {
        /// Nothing is in flight.
        case idle
        /// Its completion is its event.
        case plain
        /// Its completion means what its record says.
        case recorded
        /// Waits for a peer. Its record is valid.
        case stream
        /// As `stream`, and it was asked to stop.
        case streamStopping
        /// Was cancelled while it waited, and is tried once more without waiting. Its record is valid.
        case lastTry
        /// A datagram that waits for room: the ring polls, and then it is tried again. Its record is valid.
        case awaitingRoom
        /// As `awaitingRoom`, and it was asked to stop.
        case awaitingRoomStopping
        /// It was given to the workers, and the ring has nothing.
        case worker
    }

    /// What is kept of an operation whose completion has to be understood, or that may be tried again.
    struct Record: BitwiseCopyable {
        var operation: Operation
        var handle: NativeHandle
        /// The address of the block that holds what the kernel reads or fills, or 0.
        var scratch: UInt
    }

    private let stages: UnsafeMutablePointer<Stage>
    private let records: UnsafeMutablePointer<Record>
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        unsafe stages = .allocate(capacity: capacity)
        unsafe stages.initialize(repeating: .idle, count: capacity)
        unsafe records = .allocate(capacity: capacity)
    }

    deinit {
        // Sound: both element types are trivial, so there is nothing to deinitialise.
        unsafe stages.deallocate()
        unsafe records.deallocate()
    }

    /// Sound because the engine's slots are below the number of operations that the table was made for.
    @inline(__always)
    subscript(stage slot: UInt32) -> Stage {
        get {
            assert(slot < capacity)
            return unsafe stages[Int(slot)]
        }
        nonmutating set {
            assert(slot < capacity)
            unsafe stages[Int(slot)] = newValue
        }
    }

    /// Valid in the stages that say so.
    @inline(__always)
    subscript(record slot: UInt32) -> Record {
        get { unsafe records[Int(slot)] }
        nonmutating set { unsafe (records + Int(slot)).initialize(to: newValue) }
    }
}

#endif
