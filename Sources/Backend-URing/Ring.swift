// The one owner of a kernel ring: entries go in, completions come out.

#if URing

import CLiburing
import IOSpec

/// A ring at a fixed address, entered only by the thread that made it.
///
/// All use of liburing's structures is here. It is sound because `ring` points to a ring that was set up and is torn down in `deinit`, and no pointer into it
/// leaves this type.
@safe
struct Ring: ~Copyable {
    let ring: UnsafeMutablePointer<io_uring>
    /// The `IORING_SETUP_` flags that this kernel accepted.
    let setupFlags: UInt32
    /// The `IORING_FEAT_` flags of this kernel.
    let features: UInt32
    /// Whether the thread enters by a registered number, which saves looking the descriptor up.
    let isRegistered: Bool

    /// Takes over a ring that has been set up.
    init(adopting ring: UnsafeMutablePointer<io_uring>, setupFlags: UInt32, features: UInt32) {
        unsafe self.ring = unsafe ring
        self.setupFlags = setupFlags
        self.features = features
        isRegistered = unsafe io_uring_register_ring_fd(ring) == 1
    }

    deinit {
        unsafe io_uring_queue_exit(ring)
        unsafe ring.deallocate()
    }

    /// Which of the backend's operations the kernel knows; the result is 0 or a negative errno value.
    func probe(_ known: inout Set<Opcode>) -> Int32 {
        var bits: InlineArray<4, UInt64> = [0, 0, 0, 0]
        // Sound: the array is the 256 bits that the call fills.
        let result = unsafe withUnsafeMutableBytes(of: &bits) {
            unsafe cliburing_probe(ring, $0.bindMemory(to: UInt64.self).baseAddress)
        }
        known = Set(Opcode.allCases.filter { bits[Int($0.rawValue) / 64] >> UInt64($0.rawValue % 64) & 1 == 1 })
        return result
    }

    // MARK: Submission

    /// Puts a request into the submission queue, handing the queue to the kernel when it is full; false when it stays full.
    @inline(__always)
    func push(_ request: Request, _ ticket: Ticket) -> Bool {
        // The rare way knows nothing of the request: passed on to it, the request would have to lie in memory each time.
        guard let entry = unsafe io_uring_get_sqe(ring) ?? entryAfterSubmitting() else { return false }
        unsafe fill(entry, request, ticket)
        return true
    }

    @inline(never)
    private func entryAfterSubmitting() -> UnsafeMutablePointer<io_uring_sqe>? {
        check(unsafe io_uring_submit(ring))
        return unsafe io_uring_get_sqe(ring)
    }

    @inline(__always)
    private func fill(_ entry: UnsafeMutablePointer<io_uring_sqe>, _ request: Request, _ ticket: Ticket) {
        unsafe cliburing_fill(
            entry, request.opcode.rawValue, request.entryFlags, request.priority, request.descriptor, request.address, request.length,
            request.offset, request.flags, request.buffer, ticket.rawValue)
    }

    // MARK: Entering the kernel

    /// Whether entering brings anything: entries to hand over, completion work to run, completions that did not fit.
    @inline(__always)
    var wantsEntering: Bool {
        unsafe io_uring_sq_ready(ring) > 0 || cliburing_wants_entering(ring)
    }

    /// Hands the queue over and runs completion work; does not wait.
    func enter() {
        check(unsafe io_uring_submit_and_get_events(ring))
    }

    /// Hands the queue over and waits for a completion.
    func enterAndWait() {
        check(unsafe io_uring_submit_and_wait(ring, 1))
    }

    /// Hands the queue over and waits for a completion, at most `nanoseconds`.
    func enterAndWait(atMost nanoseconds: Int64) {
        var timeout = __kernel_timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
        var first: UnsafeMutablePointer<io_uring_cqe>?
        check(unsafe io_uring_submit_and_wait_timeout(ring, &first, 1, &timeout, nil))
    }

    /// Hands the queue over, waits for a completion and returns what the kernel said, for probing.
    func enterAndWaitReporting() -> Int32 {
        unsafe io_uring_submit_and_wait(ring, 1)
    }

    /// Passes over what only means "again": a signal came, the time is over, or memory or room is short for now. Entries that the kernel did not take stay in the
    /// queue, so the next entering repeats them.
    @inline(__always)
    private func check(_ result: Int32) {
        if result < 0 { checkFailure(-result) }
    }

    @inline(never)
    private func checkFailure(_ errno: Int32) {
        switch errno {
        case EINTR, EAGAIN, EBUSY, ETIME, ENOMEM: return
        case EEXIST: preconditionFailure("A ring may be entered only by the thread that made it")
        default: preconditionFailure("The kernel refuses to be entered through io_uring any more: errno \(errno)")
        }
    }

    // MARK: Completions

    /// The number of completions that can be read without entering the kernel.
    @inline(__always)
    var readyCount: UInt32 { unsafe cliburing_cq_ready(ring) }

    /// The completion `index` places after the oldest; `index` is below `readyCount`.
    @inline(__always)
    func completion(at index: UInt32) -> (ticket: Ticket, result: Int32) {
        let entry = unsafe cliburing_cqe_at(ring, index)
        return unsafe (Ticket(rawValue: entry.pointee.user_data), entry.pointee.res)
    }

    /// The flags of that completion, which few operations look at.
    func flags(at index: UInt32) -> UInt32 {
        unsafe cliburing_cqe_at(ring, index).pointee.flags
    }

    /// Gives the `count` oldest completions back to the kernel.
    @inline(__always)
    func advance(_ count: UInt32) {
        unsafe cliburing_cq_advance(ring, count)
    }
}

#endif
