// The jobs that a loop has still to run, in order.

/// A ring that grows, and never shrinks: in the steady phase it has the size it needs.
@safe
struct JobQueue: ~Copyable {
    private var jobs: UnsafeMutablePointer<LoopJob>
    private var mask: Int
    private var head = 0
    private var tail = 0

    init() {
        mask = 255
        unsafe jobs = .allocate(capacity: mask + 1)
    }

    deinit {
        // Sound: a job that was not run is a plain reference, and nothing is to be deinitialised.
        unsafe jobs.deallocate()
    }

    var isEmpty: Bool { head == tail }

    var count: Int { tail &- head }

    mutating func append(_ job: LoopJob) {
        if count > mask { grow() }
        unsafe (jobs + (tail & mask)).initialize(to: job)
        tail &+= 1
    }

    /// - Precondition: there is one.
    mutating func removeFirst() -> LoopJob {
        let job = unsafe jobs[head & mask]
        head &+= 1
        return job
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<LoopJob>.allocate(capacity: 2 * (mask + 1))
        for place in 0..<count { unsafe (larger + place).initialize(to: jobs[(head &+ place) & mask]) }
        unsafe jobs.deallocate()
        unsafe jobs = larger
        tail = count
        head = 0
        mask = 2 * mask + 1
    }
}
