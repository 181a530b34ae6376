// How a backend carries an operation out, on this kernel.

/// What serves an operation. Published for each operation, so that nobody has to guess its cost; it is what the process does, and not only what is meant
/// (clauses `availability.mechanism`, `availability.mechanism-holds`). Where it depends on the handle, it is that of an ordinary one.
public enum Mechanism: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// The kernel's asynchronous interface does it, if need be in one of the kernel's own threads, and never in one of the program's.
    case native
    /// Tried at once, and again when the kernel says that it is ready, each time by the submitting thread and without waiting.
    case readiness
    /// A worker thread makes a blocking call, unless a try that may not wait has brought the result already.
    case worker
    /// A call that does not block, made while submitting: no thread and no asynchronous interface has a part in it.
    case inline
    /// The engine does it, without the kernel.
    case emulated
    /// As `native`, but for forms of the operation that the interface cannot carry out, which are a worker's.
    case nativeOrWorker
    /// As `readiness`, but for forms of the operation whose readiness nothing tells, or that wait for storage, too: those are a worker's.
    case readinessOrWorker
    /// Not available here; the operation completes with `.unsupported`.
    case unsupported
}
