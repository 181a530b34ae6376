// A backend in memory that only knows nops, and that can be told to break the rules of completions.

import Conformance
import IOSpec

/// Completes every nop at the next reap; everything else is unsupported.
struct FakeBackend: ~Copyable, IOBackend {
    enum Fault: Sendable {
        case none
        case completesTwice
        case neverCompletes
        case reusesIdentities
        case inventsCodes
        case promisesMore
        case countsWrong
    }

    struct Waker: IOWaker {
        func wake() {}
    }

    private let fault: Fault
    private var ready: [Completion] = []
    private var accepted: UInt64 = 0

    init(_ fault: Fault) {
        self.fault = fault
    }

    static func factory(_ fault: Fault = .none) -> BackendFactory {
        BackendFactory(name: "fake") { (_) throws(Unavailability) in
            FakeBackend(fault)
        }
    }

    var name: String { "fake" }
    var capabilities: Capabilities { [] }
    var limits: Limits { Limits(operations: 1024, handles: 1) }
    var features: [KernelFeature] { [] }
    var now: Instant { Instant(nanoseconds: Native.clock) }
    var waker: Waker { Waker() }
    var inFlight: Int { fault == .countsWrong ? 1 : ready.count }

    func mechanism(of kind: OperationKind) -> Mechanism { kind == .nop ? .inline : .unsupported }

    mutating func acquire(_ resource: Resource) throws(IOError) -> Handle { throw IOError(.unsupported) }

    mutating func acquire(pair: PairedResource) throws(IOError) -> HandlePair { throw IOError(.unsupported) }

    func localAddress(of handle: Handle) throws(IOError) -> SocketAddress { throw IOError(.badHandle) }

    func peerAddress(of handle: Handle) throws(IOError) -> SocketAddress { throw IOError(.badHandle) }

    mutating func acquire(buffers memory: MemoryRegion, each size: Int) throws(IOError) -> BufferPool { throw IOError(.unsupported) }

    func buffer(selectedBy completion: Completion) -> SelectedBuffer? { nil }

    mutating func giveBack(_ buffer: SelectedBuffer, to pool: BufferPool) {}

    mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism { .emulated }

    mutating func register(_ handle: Handle) throws(IOError) -> Mechanism { throw IOError(.badHandle) }

    func handle(madeBy completion: Completion) -> Handle? { nil }

    mutating func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID {
        if fault != .reusesIdentities || accepted == 0 { accepted += 1 }
        let id = OperationID(slot: UInt32(accepted), generation: accepted)
        if fault == .neverCompletes { return id }
        ready.append(Completion(token: id.token, result: result(of: submission.operation), hasMore: fault == .promisesMore))
        if fault == .completesTwice { ready.append(Completion(token: id.token, result: 0)) }
        return id
    }

    private func result(of operation: Operation) -> Int32 {
        if fault == .inventsCodes { return -255 }
        return operation == .control(.nop) ? 0 : IOError(.unsupported).encoded
    }

    mutating func submit(chain: Span<Submission>, identities: inout OutputSpan<OperationID>) throws(SubmissionQueueFull) {
        for index in chain.indices { identities.append(try submit(chain[index])) }
    }

    mutating func cancel(_ identity: OperationID) {}

    mutating func reap(into completions: inout OutputSpan<Completion>, until deadline: Instant) {
        while !completions.isFull, !ready.isEmpty { completions.append(ready.removeFirst()) }
    }

    mutating func shutDown() {}
}
