// How a backend carries an operation out, on this kernel.

/// What serves an operation. Published for each operation, so that nobody has to guess its cost.
public enum Mechanism: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// The kernel's asynchronous interface does it.
    case native
    /// Tried at once, and again when the kernel says that it is ready.
    case readiness
    /// A worker thread makes a blocking call.
    case worker
    /// A call that does not block, made while submitting.
    case inline
    /// The engine does it, without the kernel.
    case emulated
    /// Not available here; the operation completes with `.unsupported`.
    case unsupported
}
