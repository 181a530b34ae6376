// One operation in the worker pool.

import CLinuxIO
import IOSpec

/// The record of a slot; each is in at most one queue, which is why a queue needs no memory of its own.
struct WorkerJob: BitwiseCopyable {
    /// Where the job of a slot is. Kept apart from the records, so that slots that are never used take up no memory.
    enum State: UInt8, BitwiseCopyable {
        /// There is none, and the record may not even be initialized.
        case none
        /// In the queue of its lane.
        case queued
        /// On the thread `thread`, in no queue.
        case running
        /// In the queue of the finished, until it is reaped.
        case finished
    }

    let operation: Operation
    let handle: NativeHandle
    /// The second handle of an operation that acts on two.
    let other: NativeHandle
    var lane: WorkerLane.Kind
    /// Whether it was asked to end early.
    var isStopped = false
    /// What was made.
    var made = HandleKind.file
    /// What direct transfers of the file that was opened must be aligned to.
    var alignment = DirectAlignment.none
    /// The result, once finished.
    var result: Int32 = 0
    /// Which thread runs it, while it is running.
    var thread: Int32 = -1
    /// The named pipe to go on from, or -1; the job owns it.
    var descriptor: Int32 = -1
    /// What a message passes; the job owns it.
    var passed = PassedDescriptors.none
    /// The neighbours in its queue, or -1.
    var previous: Int32 = -1
    var next: Int32 = -1

    init(operation: Operation, handle: NativeHandle, other: NativeHandle, lane: WorkerLane.Kind, passed: PassedDescriptors) {
        self.operation = operation
        self.handle = handle
        self.other = other
        self.lane = lane
        self.passed = passed
    }

    /// Lets go of what it owns; for whoever goes on with a copy, or ends it.
    mutating func disown() {
        descriptor = -1
        passed = .none
    }

    /// Closes what it owns.
    mutating func closeOwned() {
        if descriptor >= 0 { _ = linuxio_close(descriptor) }
        passed.close()
        disown()
    }
}
