// What a case's body sees: one fresh backend, the memory and names it borrows, and an oracle that watches every completion.

import CLinuxIO
public import IOSpec

/// Drives one fresh backend for one case, on one thread.
///
/// Every completion passes through the context, which holds the backend to clause `completion.exactly-one` in every case: an unknown
/// or repeated token is a failure at once, and after the body each accepted operation must have completed.
public final class CaseContext {
    /// The name of the backend.
    public let backendName: String
    /// The random numbers of the case.
    public var random: SplitMix64
    /// How often a stochastic body repeats what it proves; 1 for a deterministic one.
    public let iterations: Int
    /// The operations in the order in which their completions were seen.
    public internal(set) var completionOrder: [OperationID] = []

    let factory: BackendFactory
    /// When the case must be over, on the suite's own clock.
    var end: Int64
    /// Nil once the backend was dropped.
    var live: LiveBackend?
    /// The accepted operations without a completion so far, by the token that will name them.
    var pending: [UInt32: OperationID] = [:]
    /// Every identity that the backend ever gave out.
    var identities: Set<OperationID> = []
    var completions: [OperationID: Completion] = [:]
    /// The completions with more to follow, in the order in which they were seen.
    var shots: [OperationID: [Completion]] = [:]
    /// What was submitted, for messages.
    var kinds: [OperationID: OperationKind] = [:]
    /// What was lent to the backend; released only after it.
    var buffers: [CaseBuffer] = []
    var notes: [CaseNote] = []
    /// The last steps, of every backend of the case.
    let trace: CaseTrace
    /// Which of the case's backends this context drives.
    let place: UInt8
    var scratch: (any ScratchPlace)?
    var openedDirectory: Handle?
    var names = 0
    var anyBuffers: BufferPool?

    init(
        _ backend: consuming any IOBackend & ~Copyable, factory: BackendFactory, iterations: Int, seed: UInt64, end: Int64,
        trace: CaseTrace, place: UInt8 = 0
    ) {
        self.backendName = factory.name
        self.factory = factory
        self.iterations = iterations
        self.random = SplitMix64(seed: seed)
        self.end = end
        self.trace = trace
        self.place = place
        live = LiveBackend(backend)
    }

    /// The suite's own clock, in nanoseconds; never the backend's.
    static var clock: Int64 { linuxio_monotonic_nanoseconds() }

    // MARK: The backend's properties

    /// The present, on the backend's clock.
    public var now: Instant { live?.backend.now ?? .distantPast }

    /// The instant that lies `milliseconds` after the present, on the backend's clock.
    public func after(milliseconds: Int64) -> Instant { now.advanced(byNanoseconds: milliseconds * 1_000_000) }

    /// What ends a wait of the backend from any thread.
    public var waker: any IOWaker { live?.backend.waker ?? NoWaker() }

    /// What the backend accepts at most.
    public var limits: Limits { live?.backend.limits ?? Limits(operations: 0, handles: 0) }

    /// What the backend claims.
    public var capabilities: Capabilities { live?.backend.capabilities ?? [] }

    /// What the backend probed for.
    public var features: [KernelFeature] { live?.backend.features ?? [] }

    /// The operations that the backend says are in flight.
    public var inFlight: Int { live?.backend.inFlight ?? 0 }

    /// How the backend says it carries `kind` out.
    public func mechanism(of kind: OperationKind) -> Mechanism { live?.backend.mechanismInPlace(of: kind) ?? .unsupported }

    // MARK: Remarks

    /// Records what was seen where the specification leaves it open.
    public func informational(_ text: String) { notes.append(CaseNote(.informational, text)) }

    /// Records that a `should` was missed; the backend still conforms.
    public func nonStrict(_ text: String) { notes.append(CaseNote(.nonStrict, text)) }

    /// Records what was counted or timed, to be shown beside the verdict, which it does not change.
    public func measured(_ text: String) { notes.append(CaseNote(.measurement, text)) }
}

/// Stands in once the backend is gone.
private struct NoWaker: IOWaker {
    func wake() {}
}
