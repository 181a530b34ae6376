// A kernel interface whose descriptors somebody else has set to be non-blocking.

import CLinuxIO
import IOSpec

/// Passes everything on, and sets O_NONBLOCK on each native handle that is made, before the engine can start anything on it.
///
/// The flag belongs to what a descriptor refers to, which others may share; no result may depend on it.
struct NonBlockingKernel<Base: KernelInterface & ~Copyable>: ~Copyable, KernelInterface {
    static var name: String { Base.name }

    private var base: Base
    /// The slots whose operations make handles.
    private var making: Set<UInt32> = []

    init(configuration: BackendConfiguration) throws(Unavailability) {
        base = try Base(configuration: configuration)
    }

    var capabilities: Capabilities { base.capabilities }
    var features: [KernelFeature] { base.features }
    var now: Instant { base.now }
    var waker: Base.Waker { base.waker }

    func mechanism(of kind: OperationKind) -> Mechanism { base.mechanism(of: kind) }

    func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress { try base.localAddress(of: handle) }

    func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress { try base.peerAddress(of: handle) }

    mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {
        try base.acquire(pool, in: memory, each: size)
    }

    mutating func giveBack(_ index: Int, to pool: BufferPool) { base.giveBack(index, to: pool) }

    mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism { try base.register(memory) }

    mutating func register(_ handle: inout NativeHandle) throws(IOError) -> Mechanism { try base.register(&handle) }

    mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>) -> StartOutcome {
        base.start(slot, operation, on: handle, and: others)
    }

    mutating func discard(_ handle: NativeHandle) { base.discard(handle) }

    mutating func stop(_ slot: UInt32) { base.stop(slot) }

    mutating func abandon(_ slot: UInt32) { base.abandon(slot) }

    // MARK: What makes handles

    mutating func acquire(_ resource: Resource) throws(IOError) -> NativeHandle {
        let handle = try base.acquire(resource)
        // What is foreign the program itself may be using.
        if handle.kind != .foreign { setNonBlocking(handle.number) }
        return handle
    }

    mutating func acquire(pair: PairedResource) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        let pair = try base.acquire(pair: pair)
        setNonBlocking(pair.first.number)
        setNonBlocking(pair.second.number)
        return pair
    }

    mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        let outcome = base.start(slot, operation, on: handle)
        guard Self.makesHandles(operation.kind) else { return outcome }
        switch outcome {
        case .finished(let result, _): setNonBlocking(result)
        case .pending: making.insert(slot)
        case .full: break
        }
        return outcome
    }

    mutating func wait(until deadline: Instant, into events: inout OutputSpan<KernelEvent>) -> WaitOutcome {
        let known = events.count
        let outcome = base.wait(until: deadline, into: &events)
        for index in known..<events.count { see(events.span[index]) }
        return outcome
    }

    private mutating func see(_ event: KernelEvent) {
        guard making.contains(event.slot) else { return }
        setNonBlocking(event.result)
        if !event.hasMore { making.remove(event.slot) }
    }

    private static func makesHandles(_ kind: OperationKind) -> Bool { kind == .open || kind == .accept || kind == .acceptMultishot }

    /// A negative number is an error, and no descriptor.
    private func setNonBlocking(_ descriptor: Int32) {
        if descriptor >= 0 { _ = linuxio_set_nonblocking(descriptor, 1) }
    }
}
