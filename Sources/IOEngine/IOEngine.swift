// The backend that any kernel interface becomes: the rules that are the same everywhere.

public import IOSpec

/// Carries out the specification's rules over a kernel interface.
///
/// The rules are in ``EngineCore``, which never moves: it lies in memory of its own, so that the engine can be moved freely and still drain itself
/// when it is dropped.
@safe
public struct IOEngine<Kernel: KernelInterface & ~Copyable>: ~Copyable, IOBackend {
    private let core: UnsafeMutablePointer<EngineCore<Kernel>>

    /// Sets the kernel interface and the tables up.
    ///
    /// - Throws: why the kernel interface cannot be had here, or that the configuration asks for what cannot be.
    public init(configuration: BackendConfiguration = BackendConfiguration()) throws(Unavailability) {
        try self.init(configuration: configuration, faults: [])
    }

    /// The same with deliberate faults, for the suite's own test.
    package init(configuration: BackendConfiguration, faults: EngineFaults) throws(Unavailability) {
        try configuration.validate()
        let kernel = try Kernel(configuration: configuration)
        unsafe core = .allocate(capacity: 1)
        unsafe core.initialize(to: EngineCore(kernel: kernel, configuration: configuration, faults: faults))
    }

    deinit {
        // Sound: nobody else has the pointer, and after `drain` no buffer is in the kernel's hands.
        unsafe core.pointee.drain()
        unsafe core.deinitialize(count: 1)
        unsafe core.deallocate()
    }

    public var name: String { Kernel.name }
    public var capabilities: Capabilities { unsafe core.pointee.kernel.capabilities }
    public var limits: Limits { unsafe core.pointee.limits }
    public var features: [KernelFeature] { unsafe core.pointee.kernel.features }
    public var now: Instant { unsafe core.pointee.kernel.now }
    public var waker: Kernel.Waker { unsafe core.pointee.kernel.waker }
    public var inFlight: Int { unsafe core.pointee.slots.liveCount }

    public func mechanism(of kind: OperationKind) -> Mechanism {
        kind == .timer ? .emulated : unsafe core.pointee.kernel.mechanism(of: kind)
    }

    public mutating func acquire(_ resource: Resource) throws(IOError) -> Handle {
        try unsafe core.pointee.acquire(resource)
    }

    public mutating func acquire(pair: PairedResource) throws(IOError) -> HandlePair {
        try unsafe core.pointee.acquire(pair: pair)
    }

    public func localAddress(of handle: Handle) throws(IOError) -> SocketAddress {
        try unsafe core.pointee.localAddress(of: handle)
    }

    public func handle(madeBy completion: Completion) -> Handle? {
        unsafe core.pointee.handles.handle(at: completion.result)
    }

    @inline(__always)
    public mutating func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID {
        try unsafe core.pointee.submit(submission)
    }

    public mutating func submit(chain: Span<Submission>, identities: inout OutputSpan<OperationID>) throws(SubmissionQueueFull) {
        try unsafe core.pointee.submit(chain: chain, identities: &identities)
    }

    public mutating func cancel(_ identity: OperationID) {
        unsafe core.pointee.cancel(identity)
    }

    @inline(__always)
    public mutating func reap(into completions: inout OutputSpan<Completion>, until deadline: Instant) {
        unsafe core.pointee.reap(into: &completions, until: deadline)
    }

    public mutating func shutDown() {
        unsafe core.pointee.shutDown()
    }
}

extension BackendConfiguration {
    /// - Throws: which number is out of its range.
    func validate() throws(Unavailability) {
        try check(operations, in: 1...Limits.maximumOperations, "operations")
        try check(handles, in: 1...(1 << 24), "handles")
        try check(submissionQueue, in: 1...(1 << 15), "submissionQueue")
        try check(completionQueue, in: 1...(1 << 16), "completionQueue")
        try check(workers, in: 1...1024, "workers")
    }

    private func check(_ value: Int, in range: ClosedRange<Int>, _ name: String) throws(Unavailability) {
        if range.contains(value) { return }
        throw Unavailability(
            .invalidConfiguration, subject: "\(name) = \(value)", remedy: "choose a number from \(range.lowerBound) to \(range.upperBound)")
    }
}
