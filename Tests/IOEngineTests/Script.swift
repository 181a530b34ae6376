// What a scripted kernel was asked to do, and what it answers.

import IOSpec

/// Shared by a test and the kernel interface inside its engine; both are on one thread.
final class Script {
    /// What the kernel interface was asked to start and has not ended.
    var started: [(slot: UInt32, operation: IOSpec.Operation)] = []
    /// Every start, in order.
    var starts: [IOSpec.Operation] = []
    var stopped: [UInt32] = []
    var abandoned: [UInt32] = []
    var discarded: [Int32] = []
    /// The native handles that were closed by an operation.
    var closed: [Int32] = []
    /// Whether the kernel's queue is full.
    var refuses = false
    var events: [KernelEvent] = []
    /// What the next starts answer instead of pending.
    var outcomes: [StartOutcome] = []
    var clock = Instant(nanoseconds: 1_000)
    var wakes = 0
    /// The other handles of the operation that named some last.
    var others: [NativeHandle] = []
    var givenBack: [Int] = []
    var nextNumber: Int32 = 100

    /// Ends the oldest start of `kind` with `result`.
    func end(_ kind: OperationKind, with result: Int32, made: HandleKind = .file, alignment: DirectAlignment = .none) {
        guard let place = started.firstIndex(where: { $0.operation.kind == kind }) else { return }
        events.append(KernelEvent(slot: started[place].slot, result: result, made: made, alignment: alignment))
        started.remove(at: place)
    }

    /// Has the oldest start of `kind` report `result` and go on.
    func shoot(_ kind: OperationKind, with result: Int32, made: HandleKind = .file) {
        guard let start = started.first(where: { $0.operation.kind == kind }) else { return }
        events.append(KernelEvent(slot: start.slot, result: result, made: made, hasMore: true))
    }

    /// Ends whatever is left: closes succeed, the rest is cancelled.
    func endEverything() {
        for start in started {
            let result = start.operation.kind == .close ? 0 : IOError(.cancelled).encoded
            events.append(KernelEvent(slot: start.slot, result: result))
        }
        started.removeAll()
    }

    /// Ends everything that was stopped as cancelled.
    func endStopped() {
        for slot in stopped {
            guard let place = started.firstIndex(where: { $0.slot == slot }) else { continue }
            events.append(KernelEvent(slot: slot, result: IOError(.cancelled).encoded))
            started.remove(at: place)
        }
        stopped.removeAll()
    }
}
