// A kernel interface without a kernel: it records what it is asked and ends what the test tells it to.

import IOSpec

struct ScriptedKernel: ~Copyable, KernelInterface {
    struct Waker: IOWaker {
        func wake() {}
    }

    /// The script of the engine that is being made.
    @TaskLocal static var script = Holder(Script())

    /// Lets a script pass through a task-local value; the test keeps to one thread.
    struct Holder: @unchecked Sendable {
        let script: Script
        init(_ script: Script) { self.script = script }
    }

    static var name: String { "scripted" }
    private let script: Script

    init(configuration: BackendConfiguration) throws(Unavailability) {
        script = Self.script.script
    }

    var capabilities: Capabilities { .files }
    var features: [KernelFeature] { [] }
    var now: Instant { script.clock }
    var waker: Waker { Waker() }

    func mechanism(of kind: OperationKind) -> Mechanism { .native }

    mutating func acquire(_ resource: Resource) throws(IOError) -> NativeHandle {
        script.nextNumber += 1
        switch resource {
        case .directory: return NativeHandle(number: script.nextNumber, kind: .directory, traits: .reading)
        case .listener: return NativeHandle(number: script.nextNumber, kind: .listener, traits: .reading)
        case .packetListener: return NativeHandle(number: script.nextNumber, kind: .listener, traits: [.reading, .acceptingPackets])
        case .stream: return NativeHandle(number: script.nextNumber, kind: .stream, traits: [.reading, .writing])
        case .packets: return NativeHandle(number: script.nextNumber, kind: .packets, traits: [.reading, .writing])
        case .datagram: return NativeHandle(number: script.nextNumber, kind: .datagram, traits: [.reading, .writing])
        case .process: return NativeHandle(number: script.nextNumber, kind: .process, traits: [])
        case .foreign: return NativeHandle(number: script.nextNumber, kind: .foreign, traits: [])
        }
    }

    mutating func acquire(pair: PairedResource) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        script.nextNumber += 2
        let traits: HandleTraits = pair == .pipe ? [.reading, .writing] : [.reading, .writing, .passesHandles]
        let kind = Self.kind(of: pair)
        return (
            NativeHandle(number: script.nextNumber - 1, kind: kind, traits: traits),
            NativeHandle(number: script.nextNumber, kind: kind, traits: traits)
        )
    }

    private static func kind(of pair: PairedResource) -> HandleKind {
        switch pair {
        case .streams: .stream
        case .pipe: .pipe
        case .datagrams: .datagram
        case .packets: .packets
        }
    }

    func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress { .loopback4() }

    mutating func start(_ slot: UInt32, _ operation: IOSpec.Operation, on handle: NativeHandle) -> StartOutcome {
        let outcome = script.outcomes.isEmpty ? .pending : script.outcomes.removeFirst()
        if case .full = outcome { return outcome }
        if script.refuses { return .full }
        if operation.kind == .close { script.closed.append(handle.number) }
        script.starts.append(operation)
        if case .pending = outcome { script.started.append((slot, operation)) }
        return outcome
    }

    mutating func start(_ slot: UInt32, _ operation: IOSpec.Operation, on handle: NativeHandle, and others: Span<NativeHandle>)
        -> StartOutcome
    {
        script.others = others.indices.map { others[$0] }
        return start(slot, operation, on: handle)
    }

    func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress { .loopback4() }

    mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {}

    mutating func giveBack(_ index: Int, to pool: BufferPool) { script.givenBack.append(index) }

    mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism { .emulated }

    mutating func register(_ handle: inout NativeHandle) throws(IOError) -> Mechanism {
        handle.traits.insert(.registered)
        return .native
    }

    mutating func stop(_ slot: UInt32) { script.stopped.append(slot) }

    mutating func abandon(_ slot: UInt32) { script.abandoned.append(slot) }

    /// An engine that is dropped waits for everything that it started: what it may stop, and file operations, which end by themselves.
    mutating func wait(until deadline: Instant, into events: inout OutputSpan<KernelEvent>) -> WaitOutcome {
        if deadline == .never, script.events.isEmpty { script.endEverything() }
        while !script.events.isEmpty, !events.isFull { events.append(script.events.removeFirst()) }
        return .progressed
    }

    mutating func discard(_ handle: NativeHandle) { script.discarded.append(handle.number) }
}
