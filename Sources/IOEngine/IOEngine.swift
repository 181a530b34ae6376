// The backend that any kernel interface becomes: the rules that are the same everywhere.

public import IOSpec

/// Carries out the specification's rules over a kernel interface.
///
/// The rules are in ``EngineCore``, which never moves: it lies in memory of its own, so that the engine can be moved freely and still drain itself
/// when it is dropped.
@safe
public struct IOEngine<Kernel: KernelInterface & ~Copyable>: ~Copyable, IOBackend {
    @usableFromInline let core: UnsafeMutablePointer<EngineCore<Kernel>>

    /// Sets the kernel interface and the tables up.
    ///
    /// - Throws: why the kernel interface cannot be had here, or that the configuration asks for what cannot be.
    @inlinable public init(configuration: BackendConfiguration = BackendConfiguration()) throws(Unavailability) {
        try self.init(configuration: configuration, faults: [])
    }

    /// The same with deliberate faults, for the suite's own test.
    @inlinable package init(configuration: BackendConfiguration, faults: EngineFaults) throws(Unavailability) {
        try configuration.validate()
        let kernel = try Kernel(configuration: configuration)
        unsafe core = .allocate(capacity: 1)
        unsafe core.initialize(to: EngineCore(kernel: kernel, configuration: configuration, faults: faults))
    }

    /// The same over a kernel interface that `makeKernel` sets up, for the suite's own test.
    package init(
        configuration: BackendConfiguration, faults: EngineFaults,
        over makeKernel: (BackendConfiguration) throws(Unavailability) -> Kernel
    ) throws(Unavailability) {
        try configuration.validate()
        let kernel = try makeKernel(configuration)
        unsafe core = .allocate(capacity: 1)
        unsafe core.initialize(to: EngineCore(kernel: kernel, configuration: configuration, faults: faults))
    }

    @inlinable deinit {
        // Sound: nobody else has the pointer, and after `drain` no buffer is in the kernel's hands.
        unsafe core.pointee.drain()
        unsafe core.deinitialize(count: 1)
        unsafe core.deallocate()
    }

    @inlinable public var name: String { Kernel.name }
    @inlinable public var capabilities: Capabilities { unsafe core.pointee.kernel.capabilities }
    @inlinable public var limits: Limits { unsafe core.pointee.limits }
    @inlinable public var features: [KernelFeature] { unsafe core.pointee.kernel.features }
    @inlinable public var now: Instant { unsafe core.pointee.kernel.now }
    @inlinable public var waker: Kernel.Waker { unsafe core.pointee.kernel.waker }
    @inlinable public var inFlight: Int { unsafe core.pointee.slots.liveCount }

    @inlinable public func mechanism(of kind: OperationKind) -> Mechanism {
        kind == .timer ? .emulated : unsafe core.pointee.kernel.mechanism(of: kind)
    }

    @inlinable public mutating func acquire(_ resource: Resource) throws(IOError) -> Handle {
        try unsafe core.pointee.acquire(resource)
    }

    @inlinable public mutating func acquire(pair: PairedResource) throws(IOError) -> HandlePair {
        try unsafe core.pointee.acquire(pair: pair)
    }

    @inlinable public func localAddress(of handle: Handle) throws(IOError) -> SocketAddress {
        try unsafe core.pointee.localAddress(of: handle)
    }

    @inlinable public func peerAddress(of handle: Handle) throws(IOError) -> SocketAddress {
        try unsafe core.pointee.peerAddress(of: handle)
    }

    @inlinable public mutating func acquire(buffers memory: MemoryRegion, each size: Int) throws(IOError) -> BufferPool {
        try unsafe core.pointee.acquire(buffers: memory, each: size)
    }

    @inlinable public func buffer(selectedBy completion: Completion) -> SelectedBuffer? {
        SelectedBuffer(encoded: completion.result)
    }

    @inlinable public mutating func giveBack(_ buffer: SelectedBuffer, to pool: BufferPool) {
        unsafe core.pointee.giveBack(buffer, to: pool)
    }

    @inlinable public mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism {
        try unsafe core.pointee.register(memory)
    }

    @inlinable public mutating func register(_ handle: Handle) throws(IOError) -> Mechanism {
        try unsafe core.pointee.register(handle)
    }

    @inlinable public func handle(madeBy completion: Completion) -> Handle? {
        unsafe core.pointee.handles.handle(named: completion.result)
    }

    @inline(__always)
    @inlinable public mutating func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID {
        try unsafe core.pointee.submit(submission)
    }

    @inlinable public mutating func submit(chain: Span<Submission>, identities: inout OutputSpan<OperationID>) throws(SubmissionQueueFull) {
        try unsafe core.pointee.submit(chain: chain, identities: &identities)
    }

    @inlinable public mutating func cancel(_ identity: OperationID) {
        unsafe core.pointee.cancel(identity)
    }

    @inlinable public mutating func reap(into completions: inout OutputSpan<Completion>, until deadline: Instant) {
        unsafe core.pointee.reap(into: &completions, until: deadline)
    }

    @inlinable public mutating func shutDown() {
        unsafe core.pointee.shutDown()
    }
}

extension BackendConfiguration {
    /// - Throws: which number is out of its range.
    @inlinable func validate() throws(Unavailability) {
        try check(operations, in: 1...Limits.maximumOperations, "operations")
        try check(handles, in: 1...(1 << 20), "handles")
        try check(submissionQueue, in: 1...(1 << 15), "submissionQueue")
        try check(completionQueue, in: 1...(1 << 16), "completionQueue")
        try check(workers, in: 1...1024, "workers")
    }

    @inlinable func check(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(Unavailability) {
        if range.contains(value) { return }
        throw Unavailability(
            .invalidConfiguration, subject: "\(name) = \(value)", remedy: "choose a number from \(range.lowerBound) to \(range.upperBound)")
    }
}
