// A thread with a backend, on which tasks run that wait for its operations.

import CLinuxIO
import IOSpec
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

    private let inbox: Inbox
    // Set before anybody else has the loop, and harmless when the backend is gone.
    private var waker: (any IOWaker)?
    private let thread = Atomic<UInt>(0)
    private let nextForeignTicket = Atomic<UInt64>(1)
    // Sound: both are touched by the loop's thread only, and no access lasts while a job runs.
    private let jobs: UnsafeMutablePointer<JobQueue>
    private let core: UnsafeMutablePointer<LoopCore>

    init(number: Int) throws(IOError) {
        inbox = try Inbox()
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

    /// The same loop as the executor of actors: one that returns this as its `unownedExecutor` runs on the loop's thread.
    public let serialExecutor = LoopSerialExecutor()

    public func enqueue(_ job: consuming ExecutorJob) {
        enqueue(LoopJob(job: UnownedJob(job), isIsolated: false))
    }

    func enqueue(_ job: LoopJob) {
        if isCurrent { return unsafe jobs.pointee.append(job) }
        if send(.job(job)) { return }
        // The loop is gone; whoever still prefers it goes on elsewhere.
        globalConcurrentExecutor.enqueue(job.job)
    }

    /// Whether the caller runs on the loop's thread.
    public var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(linuxio_thread_current()) }

    /// Sends a letter from another thread; false when the loop is gone.
    func send(_ letter: consuming Letter) -> Bool {
        guard let isFirst = inbox.add(letter) else { return false }
        if isFirst { waker?.wake() }
        return true
    }

    // MARK: Operations, on the loop's thread

    func begin(_ submission: Submission, _ resumption: Resumption?, _ ticket: Ticket = .none) {
        unsafe core.pointee.begin(submission, resumption, ticket)
    }

    func takeTicket() -> Ticket { unsafe core.pointee.tickets.take() }

    func giveTicket(_ ticket: Ticket) { unsafe core.pointee.tickets.give(ticket) }

    func cancelHere(_ ticket: Ticket) { unsafe core.pointee.cancel(ticket) }

    var driver: LoopDriver { unsafe core.pointee.driver }

    func takeForeignTicket() -> ForeignTicket {
        ForeignTicket(number: nextForeignTicket.wrappingAdd(1, ordering: .relaxed).oldValue)
    }

    // MARK: The thread

    /// Runs the loop on the calling thread, which made the driver, until it is told to end. From `isReady` on others may use the loop.
    func run(_ driver: consuming LoopDriver, isReady: () -> Void) {
        thread.store(UInt(linuxio_thread_current()), ordering: .relaxed)
        waker = driver.waker
        unsafe core.initialize(to: LoopCore(driver: driver))
        isReady()
        turnAround()
        unsafe core.deinitialize(count: 1)
        thread.store(0, ordering: .relaxed)
    }

    private func turnAround() {
        var letters: [Letter] = []
        var isEnding = false
        while true {
            runJobs()
            inbox.take(into: &letters)
            if !letters.isEmpty {
                for letter in letters { isEnding = open(letter) || isEnding }
                letters.removeAll(keepingCapacity: true)
            }
            if isEnding, hasEnded { return }
            let isBusy = unsafe !jobs.pointee.isEmpty || isEnding && core.pointee.isIdle
            unsafe core.pointee.turn(until: isBusy ? .distantPast : .never)
        }
    }

    private var hasEnded: Bool {
        unsafe jobs.pointee.isEmpty && core.pointee.isIdle && inbox.closeIfEmpty()
    }

    private func runJobs() {
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
        case .operation(let submission, let resumption, let ticket): unsafe core.pointee.begin(submission, resumption, .none, ticket)
        case .cancel(let ticket): unsafe core.pointee.cancel(ticket)
        case .cancelForeign(let ticket): unsafe core.pointee.cancel(ticket)
        case .close(let handle): unsafe core.pointee.begin(Submission(.control(.close(handle))), nil)
        case .perform(let body): body(driver)
        case .end:
            driver.shutDown()
            return true
        }
        return false
    }
}
