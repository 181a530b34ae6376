// What was seen while a backend carried one operation out.

import CLinuxIO
import IOSpec

/// One operation, from before its submission until its completion was reaped.
struct MechanismRecord {
    let trace: Trace
    /// The kernel's number of the thread that submitted and reaped.
    let thread: Int32
    /// The descriptors that were open before, each with what it refers to.
    let descriptors: [Int32: String]
    let calls: Set<SystemCall>
    /// When submitting began and ended, on the suite's clock.
    let submission: ClosedRange<Int64>
    /// When the operation was let complete, or completed.
    let release: Int64
    let completion: Completion

    /// Has the operation carried out under a tracer.
    ///
    /// - Throws: ``Skip`` where nothing can be traced; ``CaseFailure`` when it does not wait for what it has to wait for.
    init(_ sample: MechanismProbe.Sample, calls: Set<SystemCall>, _ c: CaseContext) throws {
        // What earlier operations left to be done is not this one's.
        for _ in 0..<2 { try c.turn() }
        self.calls = calls
        descriptors = try Native.openDescriptors()
        thread = linuxio_gettid()
        let tracer = try Tracer()
        let begin = CaseContext.clock
        let id = try c.submit(sample.operation)
        let end = CaseContext.clock
        try c.turn()
        release = CaseContext.clock
        let isRefused = c.isComplete(id) && c.mechanism(of: sample.operation.kind) == .unsupported
        if let release = sample.release, !isRefused {
            try c.expect(!c.isComplete(id), "\(sample.operation.kind) waits for what it needs")
            try release(id)
        }
        submission = begin...end
        completion = try c.complete(id)
        let over = CaseContext.clock
        trace = try tracer.stop().clamped(to: begin...over)
    }

    /// The calls that carried the operation out, or a part of it, in any thread.
    var deeds: [TracedCall] {
        trace.calls.filter { $0.isDone && isOfOperation($0) }
    }

    /// Whether a call is one of the operation's, and not one by which the backend wakes itself: its counters and interfaces have no name in the file system.
    private func isOfOperation(_ traced: TracedCall) -> Bool {
        guard let call = traced.call, calls.contains(call), call != .fcntl || traced.isLocking else { return false }
        return descriptors[traced.descriptor]?.hasPrefix("anon_inode:") != true
    }

    /// The threads that were made before the operation was let complete.
    var threadsMade: Int { trace.threadBirths.count { $0 <= release } }

    /// Whether anything was handed to an asynchronous interface.
    var submits: Bool { trace.calls.contains { $0.thread == thread && $0.submits } }

    /// What submitting may have waited in.
    var waitInSubmission: TracedCall? {
        trace.calls.first { $0.thread == thread && $0.waits && submission.contains($0.begin) }
    }

    /// Whether another thread made any call.
    var hasOtherThreads: Bool { trace.calls.contains { $0.thread != thread } }

    /// The submitting thread's call by which the backend learnt what is ready.
    var tellsReadiness: Bool { trace.calls.contains { $0.thread == thread && $0.tellsReadiness } }

    /// Whether an asynchronous interface was used: by a call, or by a thread of the kernel that looks for operations without one.
    func usesInterface() throws -> Bool {
        if trace.calls.contains(where: { $0.thread == thread && $0.isOfInterface }) { return true }
        return try Native.threads().contains { Native.isKernelPoller($0) }
    }
}
