// The engine's state, and how an operation goes from submission to the kernel.

import IOSpec

/// The rules that are the same on every kernel.
///
/// An operation is *submitted*: it takes a slot, is validated, and waits at the gate if a barrier is before it. *Admitted*, it takes its place in the
/// order of its handle. With nothing left to wait for it is *runnable*, and is *started* in the kernel. When its event comes it is started again for what
/// is left, or *finishes*: its completion goes into the ring, and whatever waited for it becomes runnable. Only `reap` takes completions out.
///
/// Everything here runs on the one thread that owns the backend. Functions that the program calls end with ``run()``; the others only make
/// operations runnable, so that a long row of operations that finish at once is a loop and never a recursion.
@safe
struct EngineCore<Kernel: KernelInterface & ~Copyable>: ~Copyable {
    var kernel: Kernel
    var slots: SlotTable
    var handles: HandleTable
    var timers: TimerHeap
    var completions: CompletionRing
    /// Operations with nothing left to wait for; empty whenever the program runs.
    var runnable = SlotQueue()
    /// Operations that the kernel's full queue refused, in order.
    var heldBack = SlotQueue()
    var gate = Gate()
    var sequence: UInt64 = 0
    /// Operations that the kernel interface has and whose event has not come.
    var startedCount = 0
    var isShuttingDown = false
    let faults: EngineFaults
    let limits: Limits
    let events: UnsafeMutableBufferPointer<KernelEvent>

    init(kernel: consuming Kernel, configuration: BackendConfiguration, faults: EngineFaults) {
        self.kernel = kernel
        self.faults = faults
        slots = SlotTable(capacity: configuration.operations)
        handles = HandleTable(limit: configuration.handles)
        timers = TimerHeap(reversesTies: faults.contains(.timersFireLastFirst))
        completions = CompletionRing(capacity: configuration.operations)
        limits = Limits(operations: configuration.operations, handles: configuration.handles)
        unsafe events = .allocate(capacity: 256)
    }

    deinit {
        // Sound: events are trivial, and no wait is under way.
        unsafe events.deallocate()
    }

    @inline(__always)
    mutating func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID {
        let index = slots.take()
        if index == Slot.none { throw SubmissionQueueFull() }
        prepare(index, submission)
        enter(index)
        run()
        return identity(of: index)
    }

    /// Accepts a chain whole: there are slots for all before the first is taken.
    mutating func submit(chain: Span<Submission>, identities: inout OutputSpan<OperationID>) throws(SubmissionQueueFull) {
        let length = faults.contains(.acceptsPartOfChains) ? min(chain.count, slots.freeCount) : chain.count
        guard length <= slots.freeCount else { throw SubmissionQueueFull() }
        var first = Slot.none
        var previous = Slot.none
        for member in 0..<length {
            let index = slots.take()
            prepare(index, chain[member])
            identities.append(identity(of: index))
            if previous == Slot.none { first = index } else { link(previous, to: index) }
            previous = index
        }
        enterChain(from: first)
        run()
    }

    func identity(of index: Int32) -> OperationID {
        OperationID(slot: UInt32(bitPattern: index), generation: slots[index].generation)
    }

    /// Fills a slot that was just taken. The handle is resolved here, so that an operation means the handle that was open when it was submitted.
    @inline(__always)
    private mutating func prepare(_ index: Int32, _ submission: Submission) {
        let check = check(submission.operation)
        sequence &+= 1
        slots[index].operation = submission.operation
        slots[index].waits = []
        slots[index].flags = check.flags
        slots[index].order = check.order
        slots[index].failure = check.failure
        slots[index].handle = check.handle
        slots[index].predecessor = Slot.none
        slots[index].successor = Slot.none
        slots[index].requested = check.requested
        slots[index].moved = 0
        slots[index].deadline = submission.deadline
        slots[index].sequence = sequence
        if submission.isBarrier { slots[index].flags.insert(.barrier) }
        if check.handle != Slot.none { handles[check.handle].operations &+= 1 }
    }

    /// Puts a prepared operation at the gate, or lets it pass.
    @inline(__always)
    mutating func enter(_ index: Int32) {
        if slots[index].deadline != .never { arm(index, at: slots[index].deadline) }
        let isBarrier = slots[index].flags.contains(.barrier)
        if gate.isOpen(toBarrier: isBarrier) || faults.contains(isBarrier ? .barriersDoNotWait : .barriersAreOvertaken) {
            return admit(index)
        }
        slots[index].state = .waiting
        slots[index].waits.insert(.gate)
        gate.waiting.append(index, through: .order, in: slots)
    }

    /// Lets an operation past the gate: it takes its place in the order of its handle.
    @inline(__always)
    mutating func admit(_ index: Int32) {
        gate.admitted &+= 1
        slots[index].flags.insert(.admitted)
        if slots[index].flags.contains(.barrier) { gate.barrier = index }
        if slots[index].order != .none { takePlace(index) }
        release(index, from: .gate)
    }

    /// Removes reasons to wait; with none left the operation is runnable.
    @inline(__always)
    mutating func release(_ index: Int32, from waits: Slot.Waits) {
        slots[index].waits.subtract(waits)
        if !slots[index].waits.isEmpty {
            slots[index].state = .waiting
            return
        }
        slots[index].state = .runnable
        runnable.append(index, through: .state, in: slots)
    }

    /// Starts everything that is runnable.
    @inline(__always)
    mutating func run() {
        while !runnable.isEmpty {
            let index = runnable.first
            runnable.remove(index, through: .state, in: slots)
            start(index)
        }
    }

    @inline(__always)
    private mutating func start(_ index: Int32) {
        guard isReadyForKernel(index) else { return }
        if !heldBack.isEmpty || !offer(index) { holdBack(index) }
    }

    /// Hands an operation to the kernel interface, and says whether it took it.
    @inline(__always)
    private mutating func offer(_ index: Int32) -> Bool {
        let handle = slots[index].handle
        let native = handle == Slot.none ? NativeHandle.none : handles[handle].native
        slots[index].state = .started
        switch kernel.start(UInt32(bitPattern: index), slots[index].operation, on: native) {
        case .pending:
            startedCount &+= 1
        case .finished(let result, let made):
            settle(index, result, made)
        case .full:
            return false
        }
        return true
    }

    private mutating func holdBack(_ index: Int32) {
        slots[index].state = .heldBack
        if faults.contains(.losesHeldBack) { return }
        heldBack.append(index, through: .state, in: slots)
    }

    /// Offers what was held back to the kernel again, in order, until it refuses.
    mutating func startHeldBack() {
        while !heldBack.isEmpty {
            let index = heldBack.first
            heldBack.remove(index, through: .state, in: slots)
            if offer(index) { continue }
            slots[index].state = .heldBack
            return heldBack.prepend(index, through: .state, in: slots)
        }
    }
}
