// The backend of a loop, whatever its type.

import IOSpec
import LinuxSupport

/// Owns a backend. Confined to the loop's thread, on which it is also made and dropped; only the waker may leave it.
///
/// Made of functions and not a generic class: the compiler makes each of them for the backend's type, down to the kernel interface, which it does not do for the methods of a
/// generic class.
@safe
final class LoopDriver {
    let name: String
    let limits: Limits
    let waker: any IOWaker
    let submit: (Submission) throws(SubmissionQueueFull) -> OperationID
    let cancel: (OperationID) -> Void
    /// Returns how many completions were put into the buffer.
    let reap: (UnsafeMutableBufferPointer<Completion>, Instant) -> Int
    let handleMadeBy: (Completion) -> Handle?
    let readClock: () -> Instant
    /// The same clock, from any thread.
    let readClockElsewhere: @Sendable () -> Instant
    let countInFlight: () -> Int
    let mechanismOf: (OperationKind) -> Mechanism
    let acquire: (Resource) throws(IOError) -> Handle
    let acquirePair: (PairedResource) throws(IOError) -> HandlePair
    let localAddress: (Handle) throws(IOError) -> SocketAddress
    let peerAddress: (Handle) throws(IOError) -> SocketAddress
    let shutDown: () -> Void
    private let drop: () -> Void

    /// Takes over a backend, whose clock is the system's monotonic one, or is read as `clock` says.
    @inline(__always)
    init<Backend: IOBackend & ~Copyable>(_ backend: consuming Backend, clock: @escaping @Sendable () -> Instant = { MonotonicClock.now }) {
        // In memory of its own, so that no access is checked for exclusiveness. Sound: the loop's thread makes all of them, one after the other, and none after `drop`.
        let memory = UnsafeMutablePointer<Backend>.allocate(capacity: 1)
        unsafe memory.initialize(to: backend)
        name = unsafe memory.pointee.name
        limits = unsafe memory.pointee.limits
        waker = unsafe memory.pointee.waker
        submit = { (submission) throws(SubmissionQueueFull) in try unsafe memory.pointee.submit(submission) }
        cancel = { unsafe memory.pointee.cancel($0) }
        unsafe reap = { completions, deadline in
            // Sound: the memory is the loop's own, and the span ends before it is read.
            var span = unsafe OutputSpan(buffer: completions, initializedCount: 0)
            unsafe memory.pointee.reap(into: &span, until: deadline)
            return unsafe span.finalize(for: completions)
        }
        handleMadeBy = { unsafe memory.pointee.handle(madeBy: $0) }
        readClock = { unsafe memory.pointee.now }
        readClockElsewhere = clock
        countInFlight = { unsafe memory.pointee.inFlight }
        mechanismOf = { unsafe memory.pointee.mechanism(of: $0) }
        acquire = { (resource) throws(IOError) in try unsafe memory.pointee.acquire(resource) }
        acquirePair = { (pair) throws(IOError) in try unsafe memory.pointee.acquire(pair: pair) }
        localAddress = { (handle) throws(IOError) in try unsafe memory.pointee.localAddress(of: handle) }
        peerAddress = { (handle) throws(IOError) in try unsafe memory.pointee.peerAddress(of: handle) }
        shutDown = { unsafe memory.pointee.shutDown() }
        drop = {
            unsafe memory.deinitialize(count: 1)
            unsafe memory.deallocate()
        }
    }

    deinit { drop() }

    var now: Instant { readClock() }
    var inFlight: Int { countInFlight() }
}
