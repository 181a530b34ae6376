// The Linux AIO backend: what it is made of, and its handles.

#if AIO

public import IOSpec
public import LinuxSupport

/// A kernel interface on `io_submit`. The kernel does direct transfers and synchronisation; streams are tried at once, and again when a
/// poll of the same interface says so; for everything else there are workers, since `io_submit` would wait for it.
public struct AIO: ~Copyable, TryingKernelInterface {
    public static var name: String { "aio" }
    public static var makesNonBlockingDescriptors: Bool { true }

    /// Ends the wait from any thread, and is how workers announce what they have finished.
    public let waker: EventWaker

    var context: Context
    var pool: WorkerPool
    let inFlight: InFlightTable
    /// Tries at operations, with the buffers of pools and the descriptors that messages pass.
    var attempts: Attempts
    /// Events that came outside a wait, or that the last one had no room for.
    var events: EventQueue
    /// The place of the waker's poll among the requests, behind those of the slots.
    let wakerSlot: UInt32
    /// What watches readiness for longer than one poll, and whether a poll of the kernel's tells when there is something for it.
    var watches: EdgeWatches
    var pollsWatches = false
    /// Whether the kernel synchronises files through the context.
    let synchronizes: Bool
    /// Whether a write made in this thread can meet the size limit, and then raises a signal. Known as of the last time a path was opened: asking for each
    /// write would be a system call beside the kernel interface's own.
    var isSizeLimited = FileSizeLimit.isSet
    /// Whether the program's waker was seen during the current wait.
    var isWoken = false

    /// Sets the backend up.
    ///
    /// - Throws: `.deniedByPolicy`, `.missing` or `.outOfLimits`, found by trying.
    public init(configuration: BackendConfiguration) throws(Unavailability) {
        var context = try Context(capacity: configuration.operations + 2, configuration)
        let synchronizes = try context.probeSynchronizing()
        let waker = try SetUp.waker(denial: Self.denial)
        let wakerSlot = UInt32(configuration.operations)
        try context.probePolling(waker.descriptor, slot: wakerSlot)
        pool = try SetUp.workers(configuration, nonBlocking: Self.makesNonBlockingDescriptors, waker: waker, denial: Self.denial)
        inFlight = InFlightTable(capacity: configuration.operations)
        attempts = Attempts(operations: configuration.operations)
        watches = EdgeWatches(operations: configuration.operations)
        events = EventQueue(operations: configuration.operations)
        self.synchronizes = synchronizes
        self.wakerSlot = wakerSlot
        self.waker = waker
        self.context = context
    }

    public mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {
        attempts.pools.add(memory, each: size)
    }

    public mutating func giveBack(_ index: Int, to pool: BufferPool) {
        attempts.pools.give(index, to: pool)
    }
}

#endif
