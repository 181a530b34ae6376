// What a loop asks of its backend, whatever the backend's type.

import IOSpec

/// A backend as its loop sees it. Confined to the loop's thread, on which it is also made and dropped; only the waker may leave it.
protocol LoopDriver: AnyObject {
    var name: String { get }
    var limits: Limits { get }
    var now: Instant { get }
    var inFlight: Int { get }
    var waker: any IOWaker { get }

    func mechanism(of kind: OperationKind) -> Mechanism
    func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID
    func cancel(_ identity: OperationID)
    /// Returns how many completions were put into `completions`.
    func reap(into completions: UnsafeMutableBufferPointer<Completion>, until deadline: Instant) -> Int
    func handle(madeBy completion: Completion) -> Handle?
    func acquire(_ resource: Resource) throws(IOError) -> Handle
    func acquire(pair: PairedResource) throws(IOError) -> HandlePair
    func localAddress(of handle: Handle) throws(IOError) -> SocketAddress
    func peerAddress(of handle: Handle) throws(IOError) -> SocketAddress
    func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism
    func register(_ handle: Handle) throws(IOError) -> Mechanism
    func shutDown()
}
