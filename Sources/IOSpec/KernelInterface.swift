// The small contract that a backend author implements; the engine does the rest.

/// Starts operations in a kernel, stops them, and waits for their events.
///
/// The engine calls a kernel interface from one thread only. It validates first: a kernel interface never sees an operation that is malformed, on a handle of
/// the wrong kind or access, or with zero length. It never starts two operations in the same direction of one stream, pipe or
/// listener, and never closes a handle that has operations in flight.
public protocol KernelInterface: ~Copyable {
    /// What ends a wait from another thread.
    associatedtype Waker: IOWaker

    /// The name by which people choose the backend.
    static var name: String { get }

    /// Sets the interface up.
    ///
    /// - Throws: why it cannot be had here, found by trying.
    init(configuration: BackendConfiguration) throws(Unavailability)

    /// The optional parts of the specification that it has.
    var capabilities: Capabilities { get }

    /// What it probed for.
    var features: [KernelFeature] { get }

    /// How it carries out an operation, on this kernel.
    func mechanism(of kind: OperationKind) -> Mechanism

    /// The present, on the monotonic clock that ``wait(until:into:)`` uses.
    var now: Instant { get }

    /// Ends a wait from any thread.
    var waker: Waker { get }

    /// Makes a native handle while booting; may block.
    mutating func acquire(_ resource: Resource) throws(IOError) -> NativeHandle

    /// Makes two native handles while booting.
    mutating func acquire(pair: PairedResource) throws(IOError) -> (first: NativeHandle, second: NativeHandle)

    /// The local address of a stream or listener.
    func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress

    /// The address of a connected peer.
    func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress

    /// Makes a pool of buffers of `size` bytes in `memory`; `pool` is the name that operations will use. The engine has checked the limits.
    mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError)

    /// Lets a buffer be filled again. The engine has checked that there is one of that index.
    mutating func giveBack(_ index: Int, to pool: BufferPool)

    /// Takes note of memory that transfers will use, as in ``IOBackend/register(_:)-(MemoryRegion)``.
    mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism

    /// Takes note of a handle that no operation uses; it gets the trait `registered` when the kernel has taken it.
    mutating func register(_ handle: inout NativeHandle) throws(IOError) -> Mechanism

    /// Starts `operation` for `slot`. Buffers belong to the kernel interface until the slot is over. At most one operation is in a
    /// slot at a time. A transfer may move less than asked: the engine starts the rest again.
    ///
    /// A multishot operation either goes on by itself, with events that say so, or ends with one event and is started again by the engine. That event may be a success in
    /// any case; its last one is an error, or 0 at the end of the stream.
    ///
    /// For an accept without room the engine starts a wait for the readiness of its listener first.
    mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome

    /// Starts an operation that names other handles besides its own: the second directory of a rename, where a splice moves to, the handles that a message
    /// passes. The span is valid during the call; a kernel interface that needs them longer keeps copies that closing the handles does not end.
    mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>) -> StartOutcome

    /// Tries to end what is pending in `slot` early. Its event still comes: what moved or was made if something was, else `.cancelled`. An operation that
    /// could complete without waiting does. Called at most once for each start.
    mutating func stop(_ slot: UInt32)

    /// Gives up what the transport still holds of the operation in `slot`, if need be with its connection, because its handle is going to be closed: the memory of a
    /// zero-copy send that a peer does not take. Called after ``stop(_:)``; the operation's event still comes.
    mutating func abandon(_ slot: UInt32)

    /// Hands started operations to the kernel, and appends the events that there are. When there are none it waits for one, for `deadline` or for a wake;
    /// an interrupted wait may return early with nothing. Never appends more than `events` has room for; the rest is kept.
    mutating func wait(until deadline: Instant, into events: inout OutputSpan<KernelEvent>) -> WaitOutcome

    /// Closes a handle at once that no operation uses: one that was made for nobody, or is left when the engine goes.
    mutating func discard(_ handle: NativeHandle)
}
