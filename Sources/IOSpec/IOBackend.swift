// The contract that the conformance suite tests.

/// Carries operations out, on one thread.
///
/// A backend belongs to one thread, which outlives it; only its ``waker`` may be used elsewhere. Boot phase: acquire. Steady phase: submit
/// and reap. Dropping a backend cancels what is left, waits until no buffer is in the kernel's hands, and closes every handle.
public protocol IOBackend: ~Copyable {
    /// What ends a wait from another thread.
    associatedtype Waker: IOWaker

    /// The name by which people choose the backend.
    var name: String { get }

    /// The optional parts of the specification that it has.
    var capabilities: Capabilities { get }

    /// What it accepts at most.
    var limits: Limits { get }

    /// What it probed for on this kernel.
    var features: [KernelFeature] { get }

    /// How it carries out an operation, on this kernel.
    func mechanism(of kind: OperationKind) -> Mechanism

    /// The present, on the clock of every deadline and timer.
    var now: Instant { get }

    /// Ends a wait from any thread.
    var waker: Waker { get }

    /// The operations that were accepted and whose terminal completion has not been reaped.
    var inFlight: Int { get }

    /// Acquires a resource while booting; may block and allocate.
    ///
    /// - Throws: why it cannot be had, with the same causes on every backend.
    mutating func acquire(_ resource: Resource) throws(IOError) -> Handle

    /// Acquires both ends of a pair while booting.
    ///
    /// - Throws: why it cannot be had.
    mutating func acquire(pair: PairedResource) throws(IOError) -> HandlePair

    /// The address that a listener or stream has on this machine.
    ///
    /// - Throws: `.badHandle`, or `.wrongKind` for what has no address.
    func localAddress(of handle: Handle) throws(IOError) -> SocketAddress

    /// The address of whom a stream is connected to.
    ///
    /// - Throws: `.badHandle`, `.notConnected`, or `.wrongKind` for what has no peer.
    func peerAddress(of handle: Handle) throws(IOError) -> SocketAddress

    /// Makes a pool of as many buffers of `size` bytes as `memory` holds, which is lent until the backend is gone
    /// (clause `multishot.receive`).
    ///
    /// - Throws: `.invalidArgument` beyond the limits of ``BufferPool``, `.outOfResources` when there are too many pools, `.unsupported` where there is no
    ///   `receiveMultishot`.
    mutating func acquire(buffers memory: MemoryRegion, each size: Int) throws(IOError) -> BufferPool

    /// The buffer that a completion of a `receiveMultishot` filled; nil when it filled none. The completion of any other operation names no buffer.
    func buffer(selectedBy completion: Completion) -> SelectedBuffer?

    /// Lets the backend fill a buffer again.
    ///
    /// - Precondition: the pool is the backend's, and the program has the buffer.
    mutating func giveBack(_ buffer: SelectedBuffer, to pool: BufferPool)

    /// Makes transfers whose memory lies within `memory` cheaper, where the kernel can; it changes nothing else. The memory is lent until the backend is gone
    /// (clause `register.memory`).
    ///
    /// - Returns: `.native` when the kernel has taken it, `.emulated` when it makes no difference here.
    /// - Throws: `.invalidArgument` for no memory, `.outOfResources` when the limits of the process do not allow it.
    mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism

    /// Makes operations on a handle cheaper, where the kernel can; it changes nothing else (clause `register.handle`).
    ///
    /// - Returns: as ``register(_:)-(MemoryRegion)``.
    /// - Throws: `.badHandle`, `.busy` when operations on it are in flight, `.outOfResources` when there is no place for it.
    mutating func register(_ handle: Handle) throws(IOError) -> Mechanism

    /// The handle that an `open`, an `accept` or an `acceptMultishot` made, from its completion; nil when that is an error, or the handle is closed. The completion of
    /// any other operation names no handle.
    func handle(madeBy completion: Completion) -> Handle?

    /// Accepts an operation. Its completion, whatever it is, comes from a later ``reap(into:until:)`` and never from here
    /// (clauses `completion.own-error`, `completion.not-from-submit`). Does not allocate.
    ///
    /// - Throws: when every slot is taken; nothing was accepted then.
    mutating func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID

    /// Accepts a chain, whole: each member starts after the one before it succeeded in full; a short count or an error
    /// cancels the rest (clauses `chain.order`, `chain.breaks`, `chain.whole`). Appends the identity of each member in order.
    ///
    /// - Precondition: `identities` has room for as many elements as `chain`. A barrier may only be the first member.
    /// - Throws: when there are not enough free slots; nothing was accepted then.
    mutating func submit(chain: Span<Submission>, identities: inout OutputSpan<OperationID>) throws(SubmissionQueueFull)

    /// Asks for an operation to end early. Only the operation's own completion tells what became of it; unknown, finished and repeated
    /// requests are harmless (clauses `cancel.request`, `cancel.harmless`, `cancel.result-wins`).
    mutating func cancel(_ identity: OperationID)

    /// Appends completions, as many as are there and fit. When there are none it waits for one, for `deadline` or for a wake,
    /// whichever comes first; ``Instant/distantPast`` does not wait.
    mutating func reap(into completions: inout OutputSpan<Completion>, until deadline: Instant)

    /// Cancels everything in flight, and breaks the connection of a zero-copy send whose peer does not take the bytes. Each operation still gets its terminal
    /// completion from `reap` (clause `shutdown.terminal`);
    /// whatever is submitted from now on is cancelled, with no effect.
    mutating func shutDown()
}
