// The engine's state, and how an operation goes from submission to the kernel.

public import IOSpec

/// The rules that are the same on every kernel.
///
/// An operation is *submitted*: it takes a slot, is validated, and waits at the gate if a barrier is before it. *Admitted*, it takes its place in the
/// order of its handle. With nothing left to wait for it is *runnable*, and is *started* in the kernel. When its event comes it is started again for what
/// is left, or *finishes*: its completion goes into the ring, and whatever waited for it becomes runnable. Only `reap` takes completions out.
///
/// Everything here runs on the one thread that owns the backend. Functions that the program calls end with ``run()``; the others only make
/// operations runnable, so that a long row of operations that finish at once is a loop and never a recursion.
@safe
@usableFromInline struct EngineCore<Kernel: KernelInterface & ~Copyable>: ~Copyable {
    @usableFromInline var kernel: Kernel
    @usableFromInline var slots: SlotTable
    @usableFromInline var handles: HandleTable
    @usableFromInline var timers: TimerHeap
    @usableFromInline var completions: CompletionRing
    /// Operations with nothing left to wait for; empty whenever the program runs.
    @usableFromInline var runnable = SlotQueue()
    /// Operations that the kernel's full queue refused, in order.
    @usableFromInline var heldBack = SlotQueue()
    /// Multishot operations that have reported a shot, and are started again with the next turn.
    @usableFromInline var resting = SlotQueue()
    /// The completions with more to follow that have not been reaped.
    @usableFromInline var interimCount = 0
    @usableFromInline var gate = Gate()
    @usableFromInline var sequence: UInt64 = 0
    @usableFromInline var isShuttingDown = false
    @usableFromInline var pools: [PoolRecord] = []
    /// Connections for which there was no handle, in the order in which they came.
    @usableFromInline var kept: [KeptConnection] = []
    @usableFromInline let faults: EngineFaults
    @usableFromInline let limits: Limits
    @usableFromInline let exchange = KernelExchange()

    @inlinable init(kernel: consuming Kernel, configuration: BackendConfiguration, faults: EngineFaults) {
        self.kernel = kernel
        self.faults = faults
        slots = SlotTable(capacity: configuration.operations)
        handles = HandleTable(limit: configuration.handles)
        timers = TimerHeap(reversesTies: faults.contains(.timersFireLastFirst))
        // Each slot's last completion, and as many with more to follow.
        completions = CompletionRing(capacity: 2 * configuration.operations)
        limits = Limits(operations: configuration.operations, handles: configuration.handles)
    }

    @inline(__always)
    @inlinable mutating func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID {
        let index = slots.take()
        if index == Slot.none { throw SubmissionQueueFull() }
        prepare(index, submission)
        let identity = identity(of: index)
        // Nothing else is runnable while the program runs, so an operation that waits for nothing need not queue up.
        if submission.deadline != .never { arm(index, at: submission.deadline) }
        if enter(index) { start(index, submission.operation) }
        run()
        return identity
    }

    /// Accepts a chain whole: there are slots for all before the first is taken.
    @inlinable mutating func submit(chain: Span<Submission>, identities: inout OutputSpan<OperationID>) throws(SubmissionQueueFull) {
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

    @inlinable func identity(of index: Int32) -> OperationID {
        OperationID(slot: UInt32(bitPattern: index), generation: slots[index].generation)
    }

    /// Fills a slot that was just taken. The handle is resolved here, so that an operation means the handle that was open when it was submitted.
    @inline(__always)
    @inlinable mutating func prepare(_ index: Int32, _ submission: Submission) {
        let check = check(submission.operation)
        sequence &+= 1
        slots[index].begin(submission, check, sequence)
        if check.handle != Slot.none { refer(to: check) }
    }

    @inline(__always)
    @inlinable mutating func refer(to check: Check) {
        handles[check.handle].operations &+= 1
        if check.other != Slot.none { handles[check.other].operations &+= 1 }
    }

    /// Puts a prepared operation, whose deadline is armed, at the gate, or lets it pass; says whether it has nothing to wait for.
    @inline(__always)
    @inlinable mutating func enter(_ index: Int32) -> Bool {
        let isBarrier = slots[index].flags.contains(.barrier)
        if gate.isOpen(toBarrier: isBarrier) || faults.contains(isBarrier ? .barriersDoNotWait : .barriersAreOvertaken) {
            return admit(index)
        }
        slots[index].state = .waiting
        slots[index].waits.insert(.gate)
        gate.waiting.append(index, through: .order, in: slots)
        return false
    }

    /// Lets an operation past the gate: it takes its place in the order of its handle. Says whether it has nothing to wait for.
    @inline(__always)
    @inlinable mutating func admit(_ index: Int32) -> Bool {
        gate.admitted &+= 1
        slots[index].flags.insert(.admitted)
        if slots[index].flags.contains(.barrier) { gate.barrier = index }
        if slots[index].order != .none { takePlace(index) }
        slots[index].waits.remove(.gate)
        slots[index].state = slots[index].waits.isEmpty ? .runnable : .waiting
        return slots[index].waits.isEmpty
    }

    /// Removes reasons to wait; with none left the operation is runnable.
    @inlinable mutating func release(_ index: Int32, from waits: Slot.Waits) {
        slots[index].waits.subtract(waits)
        if slots[index].waits.isEmpty { makeRunnable(index) }
    }

    @inlinable mutating func makeRunnable(_ index: Int32) {
        slots[index].state = .runnable
        runnable.append(index, through: .state, in: slots)
    }

    /// Starts everything that is runnable.
    @inline(__always)
    @inlinable mutating func run() {
        if !runnable.isEmpty { runAll() }
    }

    @inline(never)
    @inlinable mutating func runAll() {
        while !runnable.isEmpty {
            let index = runnable.first
            runnable.remove(index, through: .state, in: slots)
            start(index, slots[index].operation)
        }
    }

    @inline(__always)
    @inlinable mutating func start(_ index: Int32, _ operation: Operation) {
        guard isReadyForKernel(index, operation) else { return }
        if !heldBack.isEmpty || !offer(index, operation) { holdBack(index) }
    }

    /// Hands an operation to the kernel interface, and says whether it took it. `operation` is the slot's; passed on from a submission it lets the
    /// compiler see which operation it is.
    @inline(__always)
    @inlinable mutating func offer(_ index: Int32, _ operation: Operation) -> Bool {
        let handle = slots[index].handle
        let native = handle == Slot.none ? NativeHandle.none : handles[handle].native
        slots[index].state = .started
        if !slots[index].flags.isDisjoint(with: [.namesOthers, .awaitingConnection]) { return offerOtherwise(index, native) }
        return isTaken(index, kernel.start(UInt32(bitPattern: index), operation, on: native))
    }

    /// The same for an accept that waits until there is a connection, and for an operation that names other handles.
    @inline(never)
    @inlinable mutating func offerOtherwise(_ index: Int32, _ native: NativeHandle) -> Bool {
        guard let watch = slots[index].operation.connectionWatch else { return offerWithOthers(index, native) }
        return isTaken(index, kernel.start(UInt32(bitPattern: index), watch, on: native))
    }

    /// The handles of a message are looked up only now, each time that it is started.
    @inlinable mutating func offerWithOthers(_ index: Int32, _ native: NativeHandle) -> Bool {
        guard passesOpenHandles(index) else { return true }
        let operation = slots[index].operation
        let count = lendHandles(of: index)
        // Sound: the memory is the engine's own, and the span ends with the call.
        let others = unsafe Span(_unsafeElements: UnsafeBufferPointer(rebasing: exchange.lent[..<count]))
        return isTaken(index, kernel.start(UInt32(bitPattern: index), operation, on: native, and: others))
    }

    /// What has become of a start; false when the kernel's queue is full.
    @inline(__always)
    @inlinable mutating func isTaken(_ index: Int32, _ outcome: StartOutcome) -> Bool {
        switch outcome {
        case .pending: break
        case .finished(let result, let made): settleAtOnce(index, result, made)
        case .full: return false
        }
        return true
    }

    @inline(never)
    @inlinable mutating func holdBack(_ index: Int32) {
        slots[index].state = .heldBack
        if faults.contains(.losesHeldBack) { return }
        heldBack.append(index, through: .state, in: slots)
    }

    /// Offers what was held back to the kernel again, in order, until it refuses.
    @inline(never)
    @inlinable mutating func startHeldBack() {
        while !heldBack.isEmpty {
            let index = heldBack.first
            heldBack.remove(index, through: .state, in: slots)
            if offer(index, slots[index].operation) { continue }
            slots[index].state = .heldBack
            return heldBack.prepend(index, through: .state, in: slots)
        }
    }
}
