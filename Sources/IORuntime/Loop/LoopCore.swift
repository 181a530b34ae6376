// What belongs to a loop's thread: the backend, and who waits for what.

import IOSpec

/// The operations of one loop.
///
/// Nobody is resumed while this is being changed: whoever is due is noted, and taken with ``nextDue()`` afterwards. A task's executor may run it at once, so that it begins the
/// next operation here.
@safe
struct LoopCore: ~Copyable {
    let driver: LoopDriver
    private var tickets: TicketTable
    private let waiters: WaiterTable
    private let completions: UnsafeMutableBufferPointer<Completion>
    /// Who wants to know of operations; nearly always nobody.
    private let observer: LoopObserver?
    /// Operations for which the backend had no slot.
    private var held = HeldQueue()
    /// Operations that may wait for others, while as many are in flight as may be.
    private var heldBack = HeldQueue()
    /// The operations in flight that may wait for others, and how many there may be: what does not wait always finds a slot in the end, also what the others wait for.
    private var waitingCount = 0
    private let waitingLimit: Int
    /// The operations in flight of tasks that run elsewhere.
    private var foreign: [ForeignTicket: OperationID] = [:]
    private var due: [(resumption: Resumption, outcome: Outcome)] = []
    private var dueTaken = 0
    /// Memory that operations were lent, and are lent again.
    var spareBlocks = SpareBlocks()

    init(driver: LoopDriver, observer: LoopObserver? = nil) {
        self.driver = driver
        self.observer = observer
        let capacity = driver.limits.operations
        waitingLimit = max(1, capacity - max(1, capacity / 8))
        tickets = TicketTable(capacity: min(capacity, 1024))
        waiters = WaiterTable(capacity: capacity)
        unsafe completions = .allocate(capacity: 256)
        due.reserveCapacity(512)
    }

    deinit { unsafe completions.deallocate() }

    /// Whether nothing is in flight or waits to be.
    var isIdle: Bool { driver.inFlight == 0 && held.isEmpty && heldBack.isEmpty }

    // MARK: Beginning

    mutating func takeTicket() -> Ticket { tickets.take() }

    /// Submits an operation, or holds it until the backend has a slot for it.
    mutating func begin(_ submission: Submission, _ waiter: Waiter) {
        if waiter.mayWait, waitingCount >= waitingLimit || !heldBack.isEmpty {
            return heldBack.append(HeldOperation(submission: submission, waiter: waiter))
        }
        // Those that wait for a slot are first.
        if held.isEmpty, submit(submission, waiter) { return }
        held.append(HeldOperation(submission: submission, waiter: waiter))
    }

    /// False when the backend has no slot.
    private mutating func submit(_ submission: Submission, _ waiter: Waiter) -> Bool {
        if !waiter.ticket.isNone, tickets.isCancelled(waiter.ticket) {
            finish(waiter, .failed(.cancelled))
            return true
        }
        guard let identity = try? driver.submit(submission) else { return false }
        waiters[identity.slot] = waiter
        if let observer { observer.began(submission.operation.kind, slot: identity.slot, at: driver.now) }
        if waiter.mayWait { waitingCount += 1 }
        if !waiter.ticket.isNone { tickets.note(waiter.ticket, identity) }
        if let ticket = waiter.foreign { foreign[ticket] = identity }
        return true
    }

    // MARK: Ending

    /// Notes that an operation is over, which was not in flight or is not any more.
    private mutating func finish(_ waiter: Waiter, _ outcome: Outcome) {
        if !waiter.ticket.isNone { tickets.give(waiter.ticket) }
        if let resumption = waiter.resumption { due.append((resumption, outcome)) }
    }

    /// Takes the next one out who is to be resumed.
    mutating func nextDue() -> (resumption: Resumption, outcome: Outcome)? {
        if dueTaken < due.count {
            dueTaken += 1
            return due[dueTaken - 1]
        }
        due.removeAll(keepingCapacity: true)
        dueTaken = 0
        return nil
    }

    mutating func cancel(_ ticket: Ticket) {
        if let identity = tickets.cancel(ticket) { return driver.cancel(identity) }
        drop { $0.waiter.ticket == ticket }
    }

    mutating func cancel(_ ticket: ForeignTicket) {
        if let identity = foreign[ticket] { return driver.cancel(identity) }
        drop { $0.waiter.foreign == ticket }
    }

    /// Ends an operation that has not been submitted, if there is one that is meant.
    private mutating func drop(where isMeant: (HeldOperation) -> Bool) {
        if let operation = held.remove(where: isMeant) ?? heldBack.remove(where: isMeant) { finish(operation.waiter, .failed(.cancelled)) }
    }

    /// Ends everything that is in flight, or waits to be.
    mutating func shutDown() {
        for operation in held.removeAll() + heldBack.removeAll() { finish(operation.waiter, .failed(.cancelled)) }
        driver.shutDown()
    }

    /// Waits for completions until a deadline.
    mutating func turn(until deadline: Instant) {
        let isHolding = !held.isEmpty || !heldBack.isEmpty
        let limit = isHolding ? min(deadline, held.earliest, heldBack.earliest) : deadline
        let count = unsafe driver.reap(completions, limit)
        for place in 0..<count { unsafe settle(completions[place]) }
        if let observer { observer.turned(completions: count, inFlight: driver.inFlight) }
        if isHolding { goOnWithHeld() }
    }

    private mutating func settle(_ completion: Completion) {
        let waiter = waiters[completion.token.slot]
        if let observer { observer.ended(slot: completion.token.slot, result: completion.result, at: driver.now) }
        if let ticket = waiter.foreign { foreign[ticket] = nil }
        if waiter.mayWait { waitingCount -= 1 }
        let handle = waiter.makesHandle ? driver.handleMadeBy(completion) : nil
        finish(waiter, Outcome(result: completion.result, handle: handle ?? .invalid))
    }

    /// Ends what was held for too long, and submits what there is room for now.
    private mutating func goOnWithHeld() {
        let present = driver.now
        for operation in held.removeExpired(at: present) + heldBack.removeExpired(at: present) {
            finish(operation.waiter, .failed(.timedOut))
        }
        var queue = held
        held = HeldQueue()
        queue.drain { submit($0.submission, $0.waiter) }
        held = queue
        queue = heldBack
        heldBack = HeldQueue()
        queue.drain { waitingCount < waitingLimit && held.isEmpty && submit($0.submission, $0.waiter) }
        heldBack = queue
    }
}
