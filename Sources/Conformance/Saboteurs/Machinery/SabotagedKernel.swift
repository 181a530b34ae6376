// A kernel interface around a good one that does one thing wrong.

import IOSpec

/// Passes everything on to the kernel interface beneath it, except where its fault deviates.
struct SabotagedKernel<Base: KernelInterface & ~Copyable>: ~Copyable, KernelInterface {
    static var name: String { Base.name }

    private var base: Base
    private let fault: KernelFault
    private var pending: KernelFault.Pending = [:]
    /// Events that are kept back, in the order in which they came.
    private var held: [KernelEvent] = []
    /// Requests to end that the kernel has not been told of.
    private var delayed: [(slot: UInt32, due: Instant)] = []

    init(configuration: BackendConfiguration) throws(Unavailability) {
        try self.init(configuration: configuration, fault: KernelFault())
    }

    init(configuration: BackendConfiguration, fault: KernelFault) throws(Unavailability) {
        self.init(over: try Base(configuration: configuration), fault: fault)
    }

    init(over base: consuming Base, fault: KernelFault) {
        self.base = base
        self.fault = fault
        fault.begin()
    }

    var capabilities: Capabilities { base.capabilities }
    var features: [KernelFeature] { base.features }
    var now: Instant { base.now }
    var waker: Base.Waker { base.waker }

    func mechanism(of kind: OperationKind) -> Mechanism { base.mechanism(of: kind) }

    // MARK: Handles

    mutating func acquire(_ resource: Resource) throws(IOError) -> NativeHandle {
        do throws(IOError) { return fault.acquired(try base.acquire(resource)) } catch { throw fault.acquisitionError(error) }
    }

    mutating func acquire(pair: PairedResource) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        let pair = try base.acquire(pair: pair)
        return (fault.acquired(pair.first), fault.acquired(pair.second))
    }

    func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        fault.localAddress(try base.localAddress(of: handle))
    }

    func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress { try base.peerAddress(of: handle) }

    mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {
        try base.acquire(pool, in: memory, each: size)
    }

    mutating func giveBack(_ index: Int, to pool: BufferPool) { base.giveBack(index, to: pool) }

    mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism {
        fault.registersMemory(memory)
        return try base.register(memory)
    }

    mutating func register(_ handle: inout NativeHandle) throws(IOError) -> Mechanism {
        fault.registersHandle(handle)
        return try base.register(&handle)
    }

    mutating func discard(_ handle: NativeHandle) { base.discard(handle) }

    // MARK: Starting

    mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        start(slot, operation, on: handle, others: [])
    }

    mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>) -> StartOutcome {
        start(slot, operation, on: handle, others: others.indices.map { others[$0] })
    }

    private mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, others: [NativeHandle]) -> StartOutcome {
        if let answer = fault.answer(operation, handle, pending) { return answer }
        let (changed, native) = fault.start(operation, handle)
        pending[slot] = StartedOperation(operation: operation, handle: handle, others: fault.others(operation, others))
        let outcome = begin(slot, changed, on: native)
        if case .pending = outcome { return outcome }
        if case .finished(let result, let made) = outcome, isHolding(slot) {
            hold(KernelEvent(slot: slot, result: result, made: made))
            return .pending
        }
        pending[slot] = nil
        return outcome
    }

    /// Starts, and starts again as often as the fault wants to.
    private mutating func begin(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        var operation = operation
        while true {
            let outcome = passOn(slot, operation, on: handle)
            guard case .finished(let result, let made) = outcome, let started = pending[slot] else { return outcome }
            guard let next = fault.again(started, result) else { return .finished(result: fault.result(started, result), made: made) }
            pending[slot]?.moved += max(0, result)
            operation = next
        }
    }

    private mutating func passOn(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        let others = pending[slot]?.others ?? []
        return others.isEmpty ? base.start(slot, operation, on: handle) : base.start(slot, operation, on: handle, and: others.span)
    }

    // MARK: Stopping

    mutating func stop(_ slot: UInt32) {
        guard let started = pending[slot] else { return }
        pending[slot]?.isStopped = true
        if started.isHeld || started.isDisturbed { return }
        let delay = fault.stopDelay(started)
        if delay == 0 { return base.stop(slot) }
        delayed.append((slot, now.advanced(byNanoseconds: delay)))
    }

    mutating func abandon(_ slot: UInt32) { base.abandon(slot) }

    private mutating func forwardDueStops() {
        let due = delayed.filter { $0.due <= now }
        delayed.removeAll { stop in due.contains { $0.slot == stop.slot } }
        for stop in due where pending[stop.slot]?.isHeld == false { base.stop(stop.slot) }
    }

    // MARK: Waiting

    mutating func wait(until deadline: Instant, into output: inout OutputSpan<KernelEvent>) -> WaitOutcome {
        forwardDueStops()
        releaseHeld(into: &output)
        if output.isFull || !fault.asks(deadline) { return .progressed }

        let isBusy = output.count > 0
        let limit = min(isBusy ? .distantPast : fault.deadline(deadline, pending), delayed.map(\.due).min() ?? .never)
        var outcome = WaitOutcome.progressed
        let events = [KernelEvent](capacity: output.freeCapacity) { (events: inout OutputSpan<KernelEvent>) in
            outcome = base.wait(until: limit, into: &events)
        }
        for event in events { settle(event, into: &output) }
        if fault.disturbs(outcome, events.isEmpty && now < limit) { disturb() }
        return fault.outcome(outcome)
    }

    private mutating func settle(_ event: KernelEvent, into output: inout OutputSpan<KernelEvent>) {
        guard let started = pending[event.slot] else { return }
        var event = event
        if let next = fault.again(started, event.result) {
            pending[event.slot]?.moved += max(0, event.result)
            guard case .finished(let result, let made) = begin(event.slot, next, on: started.handle) else { return }
            event = KernelEvent(slot: event.slot, result: result, made: made)
        } else {
            event.result = fault.result(started, event.result)
        }
        delayed.removeAll { $0.slot == event.slot }
        if isHolding(event.slot) { return hold(event) }
        if !event.hasMore { pending[event.slot] = nil }
        output.append(event)
    }

    private mutating func disturb() {
        for (slot, started) in pending where !started.isStopped && !started.isDisturbed && !started.isHeld {
            pending[slot]?.isDisturbed = true
            base.stop(slot)
        }
    }

    // MARK: Holding

    private func isHolding(_ slot: UInt32) -> Bool {
        guard let started = pending[slot], !started.isStopped else { return false }
        return fault.holds(started, pending)
    }

    private mutating func hold(_ event: KernelEvent) {
        pending[event.slot]?.isHeld = true
        held.append(event)
    }

    private mutating func releaseHeld(into output: inout OutputSpan<KernelEvent>) {
        var kept: [KernelEvent] = []
        for event in held {
            if output.isFull || isHolding(event.slot) {
                kept.append(event)
            } else {
                pending[event.slot] = nil
                output.append(event)
            }
        }
        held = kept
    }
}
