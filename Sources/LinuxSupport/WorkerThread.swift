// One thread of the worker pool.

import CLinuxIO

/// The record of a thread; its address is what the thread is started with.
@safe
struct WorkerThread {
    /// Sound while the thread runs: the pool joins it before it lets go of the core.
    unowned(unsafe) let core: WorkerCore
    let index: Int32
    let lane: WorkerLane.Kind
    var native: pthread_t = 0
    /// The job that it runs, or -1.
    var slot: Int32 = -1
    /// Whether it has left its loop, and takes the lock no more.
    var hasEnded = false
}
