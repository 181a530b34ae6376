// The epoll backend: what it is made of, and its handles.

public import IOSpec
public import LinuxSupport

/// A kernel interface on readiness: each operation is tried at once, and again when epoll says that its descriptor is ready. Files have
/// no readiness; what the page cache cannot serve at once goes to workers.
public struct Epoll: ~Copyable, TryingKernelInterface {
    public static var name: String { "epoll" }
    public static var makesNonBlockingDescriptors: Bool { true }

    /// Ends the wait from any thread, and is how workers announce what they have finished.
    public let waker: EventWaker

    let instance: EpollInstance
    var pool: WorkerPool
    /// What waits for readiness. A slot is either here, in the pool, or has its event in `events`.
    var waiting: ReadinessTable
    /// Tries at operations, with the buffers of pools and the descriptors that messages pass.
    var attempts: Attempts
    /// What watches readiness itself, and whether the instance tells when there is something for it.
    var watches: EdgeWatches
    var tellsWatches = false
    /// Events that came outside a wait, or that the last one had no room for.
    var events: EventQueue

    /// Sets the backend up.
    ///
    /// - Throws: `.deniedByPolicy`, `.missing` or `.outOfLimits`, found by trying.
    public init(configuration: BackendConfiguration) throws(Unavailability) {
        let instance = try EpollInstance(configuration)
        let waker = try Self.makeWaker(registeredWith: instance)
        let pool = try SetUp.workers(configuration, nonBlocking: Self.makesNonBlockingDescriptors, waker: waker, denial: Self.denial)
        self.instance = instance
        self.waker = waker
        self.pool = pool
        waiting = ReadinessTable(operations: configuration.operations)
        attempts = Attempts(operations: configuration.operations)
        watches = EdgeWatches(operations: configuration.operations)
        events = EventQueue(operations: configuration.operations)
    }

    public mutating func discard(_ handle: NativeHandle) {
        deregister(handle.number)
        Acquisition.discard(handle)
    }

    public mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {
        attempts.pools.add(memory, each: size)
    }

    public mutating func giveBack(_ index: Int, to pool: BufferPool) {
        attempts.pools.give(index, to: pool)
    }

    /// Ends a descriptor's registration; always before it is closed.
    mutating func deregister(_ descriptor: Int32) {
        watches.forget(descriptor)
        guard waiting.isRegistered(descriptor) else { return }
        instance.remove(descriptor)
        waiting.unregister(descriptor)
    }
}
