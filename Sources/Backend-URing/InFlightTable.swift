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
        /// A multishot operation, each of whose completions is a shot. Its record is valid.
        case shots
        /// A multishot operation without a buffer, which waits until there are bytes. Its record is valid.
        case awaitingBytes
        /// A multishot operation that was asked to stop. Its record is valid.
        case shotsStopping
        /// A send without copying. Its record is valid.
        case zeroCopy
        /// As `zeroCopy`, and it was asked to stop.
        case zeroCopyStopping
        /// A send without copying that has its result, and waits until the kernel has done with its memory. Its record is valid.
        case release
        /// As `release`, of one that was asked to stop before it had its result.
        case releaseStopping
        /// The ring tells when it can be tried again. Its record is valid.
        case polling
        /// As `polling`, and it was asked to stop.
        case pollStopping
        /// The ring watches its readiness. Its record is valid.
        case watch
        /// As `watch`, and it was asked to stop.
        case watchStopping
        /// Something else watches its readiness, and the ring has nothing.
        case otherWatch
        /// It was told what never changes, and the ring has nothing.
        case parked
        /// As `parked`, and it was asked to stop.
        case parkedStopping
        /// It was given to the workers, and the ring has nothing.
        case worker
    }

    /// What is kept of an operation whose completion has to be understood, or that may be tried again.
    struct Record: BitwiseCopyable {
        var operation: Operation
        var handle: NativeHandle
        /// The address of the block that holds what the kernel reads or fills, or 0.
        var scratch: UInt = 0
        /// The second handle of an operation that acts on two.
        var other = NativeHandle.none
        /// The direction in which one of them must become ready.
        var direction = Direction.receiving
        /// Of a multishot operation: whether the kernel does only one shot at a time.
        var isSingle = false
        /// Of a multishot receive: how many shots it has had since the kernel began it, or nil once one of them has left nothing behind.
        var firstShots: UInt8? = 0
        /// Of a multishot receive: whether it was cancelled to be begun again.
        var isRenewed = false
        /// Of a watch that lasts: whether anything was told since it was started.
        var hasTold = false
        /// Of a send without copying: whether its connection is to be broken rather than waited for.
        var isAbandoned = false
        /// Of a send without copying: its result, while the kernel still uses its memory. Of what is parked: what it ends with.
        var result: Int32 = 0
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
