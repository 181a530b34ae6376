// What is done wrong around a kernel interface, as hooks.

import IOSpec

/// The places at which ``SabotagedKernel`` deviates. No hook does anything wrong until it is replaced.
///
/// One value serves one kernel interface, on its thread, so that hooks may keep state of their own.
struct KernelFault {
    /// What is started and has no event yet, by slot.
    typealias Pending = [UInt32: StartedOperation]

    /// Makes the faults of a fresh kernel interface.
    typealias Make = @Sendable () -> KernelFault

    /// Answers a start without the kernel; nil to let the kernel do it.
    var answer: (Operation, NativeHandle, Pending) -> StartOutcome? = { _, _, _ in nil }
    /// What the kernel is given to start instead.
    var start: (Operation, NativeHandle) -> (Operation, NativeHandle) = { ($0, $1) }
    /// The other handles that the kernel is given instead.
    var others: (Operation, [NativeHandle]) -> [NativeHandle] = { $1 }
    /// What is started instead of telling a result; nil to tell it.
    var again: (StartedOperation, Int32) -> Operation? = { _, _ in nil }
    /// The result that is told instead of the true one.
    var result: (StartedOperation, Int32) -> Int32 = { $1 }
    /// Whether an event is kept back for the time being. One that was asked to end is never kept back, so that a backend can be dropped.
    var holds: (StartedOperation, Pending) -> Bool = { _, _ in false }
    /// How long a request to end is withheld from the kernel, in nanoseconds.
    var stopDelay: (StartedOperation) -> Int64 = { _ in 0 }
    /// Whether the kernel is asked at all, in a wait until then.
    var asks: (Instant) -> Bool = { _ in true }
    /// Until when the kernel waits instead.
    var deadline: (Instant, Pending) -> Instant = { deadline, _ in deadline }
    /// Why the kernel is said to have stopped waiting.
    var outcome: (WaitOutcome) -> WaitOutcome = { $0 }
    /// Whether everything pending is stopped, after a wait that ended so; `isEarly` if nothing came and the deadline had not come.
    var disturbs: (WaitOutcome, _ isEarly: Bool) -> Bool = { _, _ in false }
    /// Sees, and may change, each native handle that is acquired.
    var acquired: (NativeHandle) -> NativeHandle = { $0 }
    /// The error that acquiring fails with instead.
    var acquisitionError: (IOError) -> IOError = { $0 }
    /// Sees the memory that is registered.
    var registersMemory: (MemoryRegion) -> Void = { _ in }
    /// Sees the handles that are registered.
    var registersHandle: (NativeHandle) -> Void = { _ in }
    /// The address that is told instead.
    var localAddress: (SocketAddress) -> SocketAddress = { $0 }
    /// Called when the kernel interface has been set up.
    var begin: () -> Void = {}

    /// A fault that is none, changed by `change`.
    static func make(_ change: @escaping @Sendable (inout KernelFault) -> Void) -> Make {
        {
            var fault = KernelFault()
            change(&fault)
            return fault
        }
    }
}
