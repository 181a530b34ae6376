// A queue of jobs and the threads that serve it.

/// One of the two lanes of a worker pool; they share no thread, so that what waits for a peer never keeps what waits for storage
/// from its turn.
struct WorkerLane {
    /// Which lane.
    enum Kind: UInt8, BitwiseCopyable {
        /// Calls that wait for storage only: few threads, that nobody interrupts.
        case bounded
        /// Calls that wait for a peer: a thread each, that can be interrupted.
        case unbounded
    }

    let kind: Kind
    /// The most threads.
    let capacity: Int
    var queue = WorkerQueue()
    /// The threads that were started; they stay until the pool ends.
    var threads = 0
    /// Those of them that have no job: they wait for one, or are on their way to look for one.
    var idle = 0

    init(_ kind: Kind, capacity: Int) {
        self.kind = kind
        self.capacity = capacity
    }

    /// Whether there is a job that no thread is left for, and another thread may be started.
    var wantsThread: Bool { queue.count > idle && threads < capacity }

    /// Whether a thread comes for every job without being let go by a peer first, even if no other can be started.
    var servesQueue: Bool { kind == .bounded ? threads > 0 : queue.count <= idle }
}
