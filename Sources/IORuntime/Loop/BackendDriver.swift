// A backend of a known type behind the face that loops know.

import IOSpec

/// Owns a backend.
@safe
final class BackendDriver<Backend: IOBackend & ~Copyable>: LoopDriver {
    // In memory of its own, so that no access is checked for exclusiveness. Sound: the loop's thread makes all of them, one after the other.
    private let backend: UnsafeMutablePointer<Backend>

    init(_ backend: consuming Backend) {
        unsafe self.backend = .allocate(capacity: 1)
        unsafe self.backend.initialize(to: backend)
    }

    deinit {
        unsafe backend.deinitialize(count: 1)
        unsafe backend.deallocate()
    }

    var name: String { unsafe backend.pointee.name }
    var limits: Limits { unsafe backend.pointee.limits }
    var now: Instant { unsafe backend.pointee.now }
    var inFlight: Int { unsafe backend.pointee.inFlight }
    var waker: any IOWaker { unsafe backend.pointee.waker }

    func mechanism(of kind: OperationKind) -> Mechanism { unsafe backend.pointee.mechanism(of: kind) }

    func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID { try unsafe backend.pointee.submit(submission) }

    func cancel(_ identity: OperationID) { unsafe backend.pointee.cancel(identity) }

    func reap(into completions: UnsafeMutableBufferPointer<Completion>, until deadline: Instant) -> Int {
        // Sound: the memory is the loop's own, and the span ends before it is read.
        var span = unsafe OutputSpan(buffer: completions, initializedCount: 0)
        unsafe backend.pointee.reap(into: &span, until: deadline)
        return unsafe span.finalize(for: completions)
    }

    func handle(madeBy completion: Completion) -> Handle? { unsafe backend.pointee.handle(madeBy: completion) }

    func acquire(_ resource: Resource) throws(IOError) -> Handle { try unsafe backend.pointee.acquire(resource) }

    func acquire(pair: PairedResource) throws(IOError) -> HandlePair { try unsafe backend.pointee.acquire(pair: pair) }

    func localAddress(of handle: Handle) throws(IOError) -> SocketAddress { try unsafe backend.pointee.localAddress(of: handle) }

    func peerAddress(of handle: Handle) throws(IOError) -> SocketAddress { try unsafe backend.pointee.peerAddress(of: handle) }

    func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism { try unsafe backend.pointee.register(memory) }

    func register(_ handle: Handle) throws(IOError) -> Mechanism { try unsafe backend.pointee.register(handle) }

    func shutDown() { unsafe backend.pointee.shutDown() }
}
