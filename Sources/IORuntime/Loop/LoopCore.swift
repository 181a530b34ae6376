// What belongs to a loop's thread: the backend, and who waits for what.

import IOSpec

/// The operations of one loop.
///
/// Whoever is told that an operation is over goes on later, as a job of its executor: nothing here is entered again while it runs.
@safe
struct LoopCore: ~Copyable {
    let driver: LoopDriver
    var tickets: TicketTable
    private let waiters: WaiterTable
    private let completions: UnsafeMutableBufferPointer<Completion>
    /// Operations for which the backend had no slot, in order.
    private var held: [Held] = []
    /// The operations in flight of tasks that run elsewhere.
    private var foreign: [ForeignTicket: OperationID] = [:]

    private struct Held {
        let submission: Submission
        let resumption: Resumption?
        let ticket: Ticket
        let foreign: ForeignTicket?
    }

    init(driver: LoopDriver) {
        self.driver = driver
        let capacity = driver.limits.operations
        tickets = TicketTable(capacity: min(capacity, 1024))
        waiters = WaiterTable(capacity: capacity)
        unsafe completions = .allocate(capacity: 256)
    }

    deinit { unsafe completions.deallocate() }

    /// Whether nothing is in flight or waits to be.
    var isIdle: Bool { driver.inFlight == 0 && held.isEmpty }

    // MARK: Beginning

    /// Submits an operation whose end `resumption` is told, if there is one.
    mutating func begin(
        _ submission: Submission, _ resumption: Resumption?, _ ticket: Ticket = .none, _ foreign: ForeignTicket? = nil
    ) {
        // Those that wait for a slot are first.
        guard held.isEmpty, submit(submission, resumption, ticket, foreign) else {
            return held.append(Held(submission: submission, resumption: resumption, ticket: ticket, foreign: foreign))
        }
    }

    /// False when the backend has no slot.
    private mutating func submit(
        _ submission: Submission, _ resumption: Resumption?, _ ticket: Ticket, _ foreign: ForeignTicket?
    ) -> Bool {
        if !ticket.isNone, tickets.isCancelled(ticket) {
            resumption?.resume(.failed(.cancelled))
            return true
        }
        guard let identity = try? driver.submit(submission) else { return false }
        waiters[identity.slot] = WaiterTable.Waiter(
            resumption: resumption, foreign: foreign, makesHandle: submission.operation.makesHandle)
        if !ticket.isNone { tickets.note(ticket, identity) }
        if let foreign { self.foreign[foreign] = identity }
        return true
    }

    // MARK: Ending

    mutating func cancel(_ ticket: Ticket) {
        if let identity = tickets.cancel(ticket) { return driver.cancel(identity) }
        drop { $0.ticket == ticket }
    }

    mutating func cancel(_ ticket: ForeignTicket) {
        if let identity = foreign[ticket] { return driver.cancel(identity) }
        drop { $0.foreign == ticket }
    }

    /// Ends an operation that has not been submitted.
    private mutating func drop(where isMeant: (Held) -> Bool) {
        guard let place = held.firstIndex(where: isMeant) else { return }
        held.remove(at: place).resumption?.resume(.failed(.cancelled))
    }

    /// Waits for completions until a deadline, and tells whom they are for.
    mutating func turn(until deadline: Instant) {
        let count = unsafe driver.reap(completions, deadline)
        for place in 0..<count { unsafe tell(completions[place]) }
        if !held.isEmpty { submitHeld() }
    }

    private mutating func tell(_ completion: Completion) {
        let waiter = waiters[completion.token.slot]
        if let ticket = waiter.foreign { foreign[ticket] = nil }
        let handle = waiter.makesHandle ? driver.handleMadeBy(completion) : nil
        waiter.resumption?.resume(Outcome(result: completion.result, handle: handle ?? .invalid))
    }

    private mutating func submitHeld() {
        var taken = 0
        while taken < held.count, submit(held[taken].submission, held[taken].resumption, held[taken].ticket, held[taken].foreign) {
            taken += 1
        }
        held.removeFirst(taken)
    }
}
