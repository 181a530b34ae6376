// Threads for the calls that the kernel has no other way to make without blocking.

public import IOSpec

/// Runs operations with blocking calls, in two lanes: what waits for storage goes on while anything waits for a peer.
///
/// Everything is called by the owner, on one thread, but for the ``EventWaker`` that the pool raises. Once warm nothing is allocated. Dropping the
/// pool ends its threads; a result that nobody reaped is closed if it is a handle.
public struct WorkerPool: ~Copyable {
    private let core: WorkerCore

    /// The jobs that were submitted and not reaped.
    public private(set) var outstanding = 0

    /// Makes a pool for slots in `0 ..< configuration.operations`; its threads are started when there is work for them.
    ///
    /// `nonBlocking` sets O_NONBLOCK on opened pipes and terminals. `waker` gets a signal when there is something to reap.
    ///
    /// - Throws: when there is no memory, or no signal to interrupt threads with.
    public init(configuration: BackendConfiguration, nonBlocking: Bool, waker: EventWaker) throws(IOError) {
        if InterruptSignal.number < 0 { throw IOError(.outOfResources, detail: UInt16(-InterruptSignal.number)) }
        core = try WorkerCore(
            operations: configuration.operations, workers: max(1, configuration.workers), nonBlocking: nonBlocking, waker: waker)
    }

    deinit {
        core.end()
    }

    /// Takes on an operation for `slot`; its event comes from ``reap(into:)``. A call that is not `bounded` waits for a peer, and one that is
    /// may turn out to. It has a thread at once, or is `.outOfResources`: it could not wait for those that perhaps wait for it. The pool owns the descriptors
    /// that a message passes, and closes them when it is over.
    ///
    /// - Precondition: the slot has no job in the pool.
    public mutating func submit(
        _ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none,
        passing descriptors: PassedDescriptors = .none, bounded: Bool = true
    ) {
        outstanding += 1
        let lane = bounded ? WorkerLane.Kind.bounded : .unbounded
        core.submit(Int32(slot), WorkerJob(operation: operation, handle: handle, other: other, lane: lane, passed: descriptors))
    }

    /// Tries to end a job early. One that has not begun is done if it needs no waiting, and otherwise cancelled with no effect; one that waits for a peer is interrupted, and has a last try that does not wait;
    /// one that waits for storage runs to its end. Its event comes in any case. A slot without a job is left alone.
    public mutating func stop(_ slot: UInt32) {
        core.stop(Int32(slot))
    }

    /// Repeats the interruptions that have not worked yet. The owner calls this at least every ``interruptionPeriod`` until it says false.
    public mutating func interruptAgain() -> Bool {
        outstanding > 0 && core.interruptAgain()
    }

    /// How long the owner may wait while an interruption is under way, in nanoseconds.
    public static var interruptionPeriod: Int64 { WorkerCore.interruptionPeriod }

    /// Appends the events of finished jobs, as many as there are and fit; when some are left, the waker stays raised.
    public mutating func reap(into events: inout OutputSpan<KernelEvent>) {
        if outstanding == 0 { return }
        outstanding -= core.reap(into: &events)
    }
}
