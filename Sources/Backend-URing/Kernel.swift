// The kernel interface over io_uring.

#if URing

public import IOSpec
public import LinuxSupport

/// Carries operations out through a ring that it shares with the kernel: entries are written while operations are started, and one system call for
/// each wait hands over the whole batch and waits.
///
/// The thread that makes it is the only one that may use it, and has to outlive it: the kernel cancels what an exiting thread submitted.
public struct URing: ~Copyable, LinuxKernelInterface {
    public static var name: String { "uring" }
    public static var makesNonBlockingDescriptors: Bool { false }

    /// Ends the wait from any thread, and is how workers announce what they have finished.
    public let waker: EventWaker

    let ring: Ring
    let support: KernelSupport
    let inFlight: InFlightTable
    var backlog: Backlog
    var scratch = ScratchPool()
    /// What messages in flight pass.
    var passed: PassedDescriptorTable
    var pool: WorkerPool
    /// Whether a write made in this thread can meet the size limit, and then raises a signal. Known as of the last time a path was opened: asking for each
    /// write would be a system call beside the kernel interface's own.
    var isSizeLimited = FileSizeLimit.isSet
    var bufferRings = BufferRings()
    var registeredMemory = RegisteredMemory()
    /// Whether there is any, so that most transfers are over with one look.
    var hasRegisteredMemory = false
    /// What watches readiness for longer than one poll, where the ring cannot, and whether the ring polls for its news.
    var watches: EdgeWatches
    var pollsWatches = false
    /// The places of the table of files; 0 while there is none.
    var fileTableCapacity = 0
    /// Whether the program's waker was seen during the current wait.
    var isWoken = false

    /// Sets the backend up, on the thread that is to use it.
    ///
    /// - Throws: `.deniedByPolicy`, `.missing` or `.outOfLimits`, found by trying.
    public init(configuration: BackendConfiguration) throws(Unavailability) {
        try self.init(configuration: configuration, without: nil)
    }

    /// The same without a part of io_uring that this kernel may have, to test how the backend does without it.
    package init(configuration: BackendConfiguration, without part: KernelSupport.Part?) throws(Unavailability) {
        let ring = try Ring.setUp(configuration)
        var support = try KernelSupport(probing: ring)
        if let part { support.remove(part) }
        let waker = try SetUp.waker(denial: Self.denial)
        pool = try SetUp.workers(configuration, nonBlocking: Self.makesNonBlockingDescriptors, waker: waker, denial: Self.denial)
        inFlight = InFlightTable(capacity: configuration.operations)
        passed = PassedDescriptorTable(operations: configuration.operations)
        backlog = Backlog(capacity: 2 * configuration.operations + 2)
        watches = EdgeWatches(operations: configuration.operations)
        self.ring = ring
        self.support = support
        self.waker = waker
        push(.wake)
    }
}

#endif
