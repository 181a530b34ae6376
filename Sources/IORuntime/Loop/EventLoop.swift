// A thread with a backend, on which tasks run that wait for its operations.

import CLinuxIO
import IOSpec
import LinuxSupport
import Synchronization

/// An event loop: one thread that runs tasks and waits for the operations that they await.
///
/// As the preferred executor of a task it runs that task on its thread, where an operation is submitted and its end is heard of without a hop. Operations may be awaited from
/// anywhere else, too; that costs a wake-up of the loop and a hop back.
///
/// A task that computes for long without awaiting anything holds up the other tasks of its loop. One that awaits does not: after a number of jobs the loop always looks for
/// completions.
@safe
public final class EventLoop: TaskExecutor, @unchecked Sendable {
    /// The number of jobs after which the loop looks for completions although there are more.
    static var jobsPerTurn: Int { 64 }

    /// Its place among the loops of its runtime.
    public let number: Int
    /// The same loop as the executor of actors: one that returns this as its `unownedExecutor` runs on the loop's thread.
    public let serialExecutor: LoopSerialExecutor

    private let inbox: Inbox
    // Both set before anybody else has the loop, and harmless when the backend is gone.
    private var waker: (any IOWaker)?
    private var readClockElsewhere: @Sendable () -> Instant = { .distantPast }
    /// Who waits for a handle to be closed.
    let closings: Closings
    private let thread = Atomic<UInt>(0)
    private let nextForeignTicket = Atomic<UInt64>(1)
    // Sound: both are touched by the loop's thread only, and no access lasts while a job runs or a task is resumed.
    private let jobs: UnsafeMutablePointer<JobQueue>
    private let core: UnsafeMutablePointer<LoopCore>

    init(number: Int) throws(IOError) {
        inbox = try Inbox()
        closings = try Closings()
        serialExecutor = LoopSerialExecutor(afterwards: try SerialFallback())
        self.number = number
        unsafe jobs = .allocate(capacity: 1)
        unsafe jobs.initialize(to: JobQueue())
        unsafe core = .allocate(capacity: 1)
        serialExecutor.loop = self
    }

    deinit {
        unsafe jobs.deinitialize(count: 1)
        unsafe jobs.deallocate()
        unsafe core.deallocate()
    }

    // MARK: As an executor

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // When the loop is gone, whoever still prefers it goes on elsewhere.
        if !take(LoopJob(job: job, isIsolated: false)) { globalConcurrentExecutor.enqueue(job) }
    }

    /// Has a job run on the loop's thread; false when the loop is gone.
    func take(_ job: LoopJob) -> Bool {
        if !isCurrent { return send(.job(job)) }
        unsafe jobs.pointee.append(job)
        return true
    }

    /// Whether the caller runs on the loop's thread.
    public var isCurrent: Bool { thread.load(ordering: .relaxed) == linuxio_thread_identity() }

    /// Sends a letter from another thread; false when the loop is gone.
    func send(_ letter: consuming Letter) -> Bool {
        guard let isFirst = inbox.add(letter) else { return false }
        if isFirst { waker?.wake() }
        return true
    }

    // MARK: Operations, on the loop's thread

    var driver: LoopDriver { unsafe core.pointee.driver }

    /// The present on the backend's clock, from any thread.
    var present: Instant { isCurrent ? driver.now : readClockElsewhere() }

    func begin(_ submission: Submission, _ waiter: Waiter) {
        unsafe core.pointee.begin(submission, waiter)
        resumeDue()
    }

    func takeTicket() -> Ticket { unsafe core.pointee.takeTicket() }

    func cancelHere(_ ticket: Ticket) {
        unsafe core.pointee.cancel(ticket)
        resumeDue()
    }

    func takeForeignTicket() -> ForeignTicket {
        ForeignTicket(number: nextForeignTicket.wrappingAdd(1, ordering: .relaxed).oldValue)
    }

    /// A block that was kept, if the caller runs on the loop's thread and there is one.
    func takeBlock() -> UnsafeMutableRawPointer? { isCurrent ? unsafe core.pointee.spareBlocks.take() : nil }

    /// Keeps a block; false when the caller runs elsewhere, or there are enough.
    func keepBlock(_ block: UnsafeMutableRawPointer) -> Bool {
        unsafe isCurrent && core.pointee.spareBlocks.keep(block)
    }

    private func resumeDue() {
        while let next = unsafe core.pointee.nextDue() { next.resumption.resume(next.outcome) }
    }

    // MARK: The thread

    /// Runs the loop on the calling thread, which made the driver, until it is told to end. From `isReady` on others may use the loop.
    func run(_ driver: LoopDriver, observedBy observer: LoopObserver?, isReady: () -> Void) {
        thread.store(linuxio_thread_identity(), ordering: .relaxed)
        waker = driver.waker
        readClockElsewhere = driver.readClockElsewhere
        unsafe core.initialize(to: LoopCore(driver: driver, observer: observer))
        isReady()
        turnUntilTheEnd()
        handOn()
        thread.store(0, ordering: .relaxed)
        unsafe core.deinitialize(count: 1)
    }

    private func turnUntilTheEnd() {
        var letters: [Letter] = []
        var isEnding = false
        while unsafe !(isEnding && core.pointee.isIdle) {
            runJobs()
            inbox.take(into: &letters)
            if !letters.isEmpty {
                for letter in letters { isEnding = open(letter) || isEnding }
                letters.removeAll(keepingCapacity: true)
            }
            unsafe core.pointee.turn(until: jobs.pointee.isEmpty && !(isEnding && core.pointee.isIdle) ? .never : .distantPast)
            resumeDue()
        }
    }

    private func runJobs() {
        if unsafe jobs.pointee.isEmpty { return }
        // Sound: the loop outlives the jobs that it runs.
        let executor = unsafe asUnownedTaskExecutor()
        let isolated = unsafe serialExecutor.asUnownedSerialExecutor()
        for _ in 0..<Self.jobsPerTurn {
            if unsafe jobs.pointee.isEmpty { return }
            let next = unsafe jobs.pointee.removeFirst()
            if next.isIsolated { unsafe next.job.runSynchronously(on: isolated) } else { unsafe next.job.runSynchronously(on: executor) }
        }
    }

    /// Does what a letter asks; whether it asks for the end.
    private func open(_ letter: Letter) -> Bool {
        switch letter {
        case .job(let job): unsafe jobs.pointee.append(job)
        case .operation(let submission, let waiter): begin(submission, waiter)
        case .cancel(let ticket): cancelHere(ticket)
        case .cancelForeign(let ticket):
            unsafe core.pointee.cancel(ticket)
            resumeDue()
        case .close(let handle): begin(Submission(.control(.close(handle))), Waiter())
        case .perform(let body): body(driver)
        case .end:
            unsafe core.pointee.shutDown()
            resumeDue()
            return true
        }
        return false
    }

    // MARK: The end

    /// Takes no letters any more, and has whatever is left done elsewhere: tasks that end only when they are done would otherwise hold the end up for ever.
    private func handOn() {
        for letter in inbox.close() {
            switch letter {
            case .job(let job): handOn(job)
            case .operation(_, let waiter): waiter.resumption?.resume(.failed(.badHandle))
            case .perform(let body): body(driver)
            case .cancel, .cancelForeign, .close, .end: break
            }
        }
        while unsafe !jobs.pointee.isEmpty { handOn(unsafe jobs.pointee.removeFirst()) }
    }

    private func handOn(_ job: LoopJob) {
        if job.isIsolated { serialExecutor.runElsewhere(job.job) } else { globalConcurrentExecutor.enqueue(job.job) }
    }
}
