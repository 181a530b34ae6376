// Tracing this process while a backend works in it.

import CConformance
import Glibc

/// Sees every system call of this process from when it is made until ``stop()``, which is called on the thread that made it.
@safe
final class Tracer {
    private static var capacity: Int32 { 1 << 16 }

    private var tracer: OpaquePointer?

    /// Starts a tracer of all threads.
    ///
    /// - Throws: ``Skip`` where a process may not trace another one, or the kernel cannot tell system calls.
    init() throws {
        let threads = try Native.threads().filter { !Native.isKernelWorker($0) }.sorted()
        var tracer: OpaquePointer?
        let result = unsafe threads.withUnsafeBufferPointer {
            unsafe conformance_tracer_start($0.baseAddress.unsafelyUnwrapped, Int32($0.count), Self.capacity, &tracer)
        }
        switch -result {
        case EPERM, EACCES: throw Skip(reason: .privilege, "this process may not be traced (ptrace): \(Native.describe(-result))")
        case ENOSYS, EIO: throw Skip(reason: .kernel("it cannot trace system calls (ptrace)"))
        default: try Native.check(result, "cannot trace this process")
        }
        unsafe self.tracer = tracer
    }

    /// Ends the tracing.
    ///
    /// - Throws: ``Skip`` where the kernel turned out not to tell system calls; ``HarnessProblem`` when there was too much to see.
    func stop() throws -> Trace {
        guard let tracer = unsafe tracer else { throw HarnessProblem("a tracer was stopped twice") }
        unsafe self.tracer = nil
        defer { unsafe conformance_tracer_free(tracer) }
        let result = unsafe conformance_tracer_stop(tracer)
        if result == -ENOSYS { throw Skip(reason: .kernel("it cannot tell system calls (PTRACE_GET_SYSCALL_INFO)")) }
        try Native.check(result, "the system calls of a case cannot be told")
        // Sound: the memory is the tracer's, which ends after the events were copied.
        let events = unsafe UnsafeBufferPointer(
            start: conformance_tracer_events(tracer), count: Int(conformance_tracer_event_count(tracer)))
        return unsafe Trace(Array(events))
    }

    deinit {
        guard let tracer = unsafe tracer else { return }
        _ = unsafe conformance_tracer_stop(tracer)
        unsafe conformance_tracer_free(tracer)
    }
}
