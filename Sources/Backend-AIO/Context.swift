// The one owner of a kernel context: requests go in by batches, completions come out.

#if AIO

import CLibaio
import CLinuxIO
import IOSpec
import LinuxSupport

/// A context with room for the request of every slot and for the waker's, so that none has to wait for another to complete.
///
/// All use of libaio's structures is here. It is sound because a slot's request is filled only while the slot is not in the kernel's hands, its
/// address never changes, and no pointer leaves this type.
@safe
struct Context: ~Copyable {
    /// The most completions that are taken at once, however many a program allows: enough that a system call is shared by many of them.
    private static var largestBatch: Int { 256 }

    /// The completions that are taken at once at most.
    private let batch: Int
    /// The requests that are handed over at once at most.
    private let submissions: Int
    private let context: io_context_t
    private let requests: UnsafeMutablePointer<iocb>
    private let queue: UnsafeMutablePointer<UnsafeMutablePointer<iocb>?>
    private let events: UnsafeMutablePointer<io_event>
    /// Whether completions are taken without a system call.
    let readsRing: Bool
    /// The number of requests in `queue`: filled, and not yet taken by the kernel.
    private var queued = 0

    /// Sets a context up for `capacity` requests, in slots below it, which are handed over and come back in batches of the sizes of the queues.
    ///
    /// - Throws: why the kernel gives none to this process.
    init(capacity: Int, _ configuration: BackendConfiguration) throws(Unavailability) {
        batch = min(configuration.completionQueue, Self.largestBatch)
        submissions = configuration.submissionQueue
        var context: io_context_t?
        let result = unsafe io_setup(Int32(capacity), &context)
        guard result == 0, let context = unsafe context else { throw Self.unavailability(errno: -result) }
        unsafe self.context = unsafe context
        unsafe requests = .allocate(capacity: capacity)
        unsafe queue = .allocate(capacity: capacity)
        unsafe events = .allocate(capacity: batch)
        readsRing = unsafe clibaio_ring_is_readable(context)
    }

    deinit {
        // Waits until the kernel is done with every request.
        _ = unsafe io_destroy(context)
        unsafe requests.deallocate()
        unsafe queue.deallocate()
        unsafe events.deallocate()
    }

    private static func unavailability(errno: Int32) -> Unavailability {
        if errno == EAGAIN {
            return Unavailability(
                .outOfLimits, subject: "io_setup", detail: UInt16(EAGAIN),
                remedy: "Raise the sysctl fs.aio-max-nr, or configure fewer operations.")
        }
        return Unavailability(errno: errno, subject: "io_setup", denial: AIO.denial)
    }

    // MARK: Submission

    /// Fills the request of a slot that is not in the kernel's hands, for the next ``submit()``.
    mutating func append(_ request: Request, slot: UInt32) {
        let entry = unsafe requests + Int(slot)
        switch request {
        case .transfer(let command, let descriptor, let address, let length, let offset):
            unsafe clibaio_fill(entry, command, descriptor, UInt64(address), UInt64(length), offset, UInt64(slot))
        case .synchronize(let descriptor, let dataOnly):
            unsafe clibaio_fill(entry, dataOnly ? CLIBAIO_CMD_FDSYNC : CLIBAIO_CMD_FSYNC, descriptor, 0, 0, 0, UInt64(slot))
        case .poll(let descriptor, let events):
            unsafe clibaio_fill_poll(entry, descriptor, Int32(events), UInt64(slot))
        }
        unsafe queue[queued] = unsafe entry
        queued += 1
    }

    /// Whether there are requests that the kernel has not taken yet.
    var hasQueued: Bool { queued > 0 }

    /// Hands the queued requests to the kernel; the first one that it refuses, or nil when it took all, or has no memory for more now.
    ///
    /// The kernel stops at a request that it refuses and says why the next time: the caller goes on calling until this is nil, so that one bad request
    /// harms no other.
    mutating func submit() -> (slot: UInt32, errno: Int32)? {
        while hasQueued {
            let result = unsafe io_submit(context, min(queued, submissions), queue)
            if result > 0 {
                dropFirst(Int(result))
            } else if result == -EAGAIN || result == 0 {
                return nil
            } else {
                // Sound: the queue is not empty.
                let refused = unsafe slot(of: queue[0])
                dropFirst(1)
                return (refused, -result)
            }
        }
        return nil
    }

    /// Takes the request of a slot out of the queue; false when it is not there, because the kernel has it.
    mutating func withdraw(_ slot: UInt32) -> Bool {
        guard let place = (0..<queued).last(where: { unsafe self.slot(of: queue[$0]) == slot }) else { return false }
        for next in place + 1..<queued { unsafe queue[next - 1] = unsafe queue[next] }
        queued -= 1
        return true
    }

    private mutating func dropFirst(_ count: Int) {
        for place in count..<queued { unsafe queue[place - count] = unsafe queue[place] }
        queued -= count
    }

    /// Sound because whatever is in the queue points into `requests`.
    private func slot(of request: UnsafeMutablePointer<iocb>?) -> UInt32 {
        unsafe UInt32(request.unsafelyUnwrapped - requests)
    }

    /// Asks for the request of a slot, which the kernel has, to end early. Its completion comes in any case, whatever the kernel answers.
    func cancel(_ slot: UInt32) {
        _ = unsafe io_cancel(context, requests + Int(slot), events)
    }

    // MARK: Completions

    /// Takes up to `limit` completions that are there, without waiting; the number of them.
    func reap(_ limit: Int) -> Int {
        let capacity = Int32(min(limit, batch))
        if readsRing { return Int(unsafe clibaio_ring_reap(context, events, capacity)) }
        return Int(max(0, unsafe clibaio_wait(context, events, Int(capacity), 0)))
    }

    /// Takes up to `limit` completions, waiting for one until `deadline`; 0 when the time has come or a signal interrupted the wait.
    func wait(_ limit: Int, until deadline: Instant) -> Int {
        let capacity = min(limit, batch)
        if deadline == .never { return Int(max(0, unsafe clibaio_wait(context, events, capacity, -1))) }
        let present = MonotonicClock.now
        // The clock is never negative, so the difference fits; the kernel takes a negative time for one without end.
        if deadline <= present { return reap(limit) }
        return Int(max(0, unsafe clibaio_wait(context, events, capacity, deadline.nanoseconds - present.nanoseconds)))
    }

    /// Waits for a completion and tells what the kernel said, for probing.
    func waitReporting() -> Int32 {
        unsafe clibaio_wait(context, events, 1, -1)
    }

    /// One of the completions that were taken last.
    func completion(_ index: Int) -> (slot: UInt32, result: Int) {
        unsafe (UInt32(truncatingIfNeeded: clibaio_event_data(events + index)), Int(clibaio_event_result(events + index)))
    }
}

#endif
