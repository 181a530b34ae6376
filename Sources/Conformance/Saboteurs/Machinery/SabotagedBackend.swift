// A backend around a good one that does one thing wrong.

import IOSpec

/// Passes everything on to the backend beneath it, except where its fault deviates.
final class SabotagedBackend: IOBackend {
    private var base: any IOBackend & ~Copyable
    private let fault: BackendFault
    /// What was accepted and not delivered, by the token that the backend beneath uses.
    private var accepted: [CompletionToken: AcceptedOperation] = [:]
    /// The true identities behind those that the program was given.
    private var identities: [OperationID: OperationID] = [:]
    private var held: [(token: CompletionToken, result: Int32)] = []
    /// What the next reap delivers.
    private var ready: [Completion] = []
    private var sequence = 0
    /// How many of the accepted are ghosts.
    private var ghosts = 0

    init(_ base: consuming any IOBackend & ~Copyable, fault: BackendFault) {
        self.base = consume base
        self.fault = fault
    }

    deinit { fault.end() }

    var name: String { base.name }
    var capabilities: Capabilities { base.capabilities }
    var limits: Limits { base.limits }
    var features: [KernelFeature] { fault.features(base.features) }
    var now: Instant { base.now }
    var waker: SabotagedWaker { SabotagedWaker(base: base.waker, passesOn: fault.wakes) }

    var inFlight: Int {
        fault.inFlight(base.inFlight + held.count + ready.count - ghosts, held.count + ready.count)
    }

    func mechanism(of kind: OperationKind) -> Mechanism { fault.mechanism(kind, base.mechanismInPlace(of: kind)) }

    // MARK: Handles

    func acquire(_ resource: Resource) throws(IOError) -> Handle { try base.acquire(resource) }

    func acquire(pair: PairedResource) throws(IOError) -> HandlePair {
        let handles = try base.acquire(pair: pair)
        fault.acquired(pair, handles)
        return handles
    }

    func localAddress(of handle: Handle) throws(IOError) -> SocketAddress { try base.localAddressInPlace(of: handle) }

    func peerAddress(of handle: Handle) throws(IOError) -> SocketAddress { try base.peerAddressInPlace(of: handle) }

    func acquire(buffers memory: MemoryRegion, each size: Int) throws(IOError) -> BufferPool {
        try base.acquire(buffers: memory, each: size)
    }

    func buffer(selectedBy completion: Completion) -> SelectedBuffer? { base.bufferInPlace(selectedBy: completion) }

    func giveBack(_ buffer: SelectedBuffer, to pool: BufferPool) { base.giveBack(buffer, to: pool) }

    func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism { try base.register(memory) }

    func register(_ handle: Handle) throws(IOError) -> Mechanism { try base.register(handle) }

    func handle(madeBy completion: Completion) -> Handle? { base.handleInPlace(madeBy: completion) }

    // MARK: Submitting

    func submit(_ submission: Submission) throws(SubmissionQueueFull) -> OperationID {
        if fault.refuses(submission, base.limits.operations - base.inFlight) { throw SubmissionQueueFull() }
        return accept(try base.submit(fault.submission(submission)), submission, isMember: false)
    }

    func submit(chain: Span<Submission>, identities: inout OutputSpan<OperationID>) throws(SubmissionQueueFull) {
        let members = chain.indices.map { chain[$0] }
        var submitted: [OperationID] = []
        let changed = members.map(fault.submission)
        do {
            submitted = try [OperationID](capacity: changed.count) { (identities: inout OutputSpan<OperationID>) in
                try base.submit(chain: changed.span, identities: &identities)
            }
        } catch {
            throw SubmissionQueueFull()
        }
        for (identity, member) in zip(submitted, members) { identities.append(accept(identity, member, isMember: true)) }
        for index in fault.cancelledMembers(members) { base.cancel(submitted[index]) }
    }

    private func accept(_ identity: OperationID, _ submission: Submission, isMember: Bool) -> OperationID {
        sequence += 1
        accepted[identity.token] = AcceptedOperation(
            identity: identity, submission: submission, isMember: isMember, sequence: sequence)
        let given = fault.identity(identity)
        identities[given] = identity
        return given
    }

    // MARK: Cancelling

    func cancel(_ identity: OperationID) {
        let identity = identities[identity] ?? identity
        let operation = accepted[identity.token].flatMap { $0.identity == identity && !$0.isGhost ? $0 : nil }
        accepted[identity.token]?.isCancelled = operation != nil
        switch fault.cancelling(operation) {
        case .ignored: return
        case .passedOn: base.cancel(identity)
        case .pretended: pretend(identity)
        case .misdirected: cancelAnother(than: identity)
        case .completed:
            base.cancel(identity)
            ready.append(Completion(token: fault.identity(identity).token, result: 0))
        }
    }

    private func pretend(_ identity: OperationID) {
        if accepted[identity.token]?.isGhost == false { ghosts += 1 }
        accepted[identity.token]?.isGhost = true
        ready.append(Completion(token: fault.identity(identity).token, result: IOError(.cancelled).encoded))
    }

    private func cancelAnother(than identity: OperationID) {
        let others = accepted.values.filter { $0.identity != identity }
        guard let oldest = others.min(by: { $0.sequence < $1.sequence }) else { return }
        base.cancel(oldest.identity)
    }

    // MARK: Reaping

    func reap(into completions: inout OutputSpan<Completion>, until deadline: Instant) {
        fault.beforeReaping()
        if fault.shutsDown() { base.shutDown() }
        releaseHeld()
        let limit = ready.isEmpty ? deadline : .distantPast
        let reaped = [Completion](capacity: completions.freeCapacity) { (span: inout OutputSpan<Completion>) in
            base.reap(into: &span, until: limit)
        }
        ready += fault.order(reaped.flatMap(settle))
        let count = min(ready.count, completions.freeCapacity)
        for completion in ready.prefix(count) { completions.append(completion) }
        ready.removeFirst(count)
    }

    private func settle(_ completion: Completion) -> [Completion] {
        guard var operation = accepted[completion.token] else { return [completion] }
        operation.isLate = operation.submission.deadline <= now
        accepted[completion.token] = operation
        let result = fault.result(operation, completion.result)
        if completion.hasMore { return deliverShot(operation, result) }
        if isHolding(operation) {
            held.append((completion.token, result))
            return []
        }
        return deliver(completion.token, result)
    }

    private func deliver(_ token: CompletionToken, _ result: Int32) -> [Completion] {
        guard let operation = accepted.removeValue(forKey: token) else { return [] }
        if operation.isGhost {
            ghosts -= 1
            return []
        }
        let completion = Completion(token: fault.identity(operation.identity).token, result: result)
        return Array(repeating: completion, count: fault.copies(operation, result))
    }

    /// A completion with more to follow: the operation stays accepted.
    private func deliverShot(_ operation: AcceptedOperation, _ result: Int32) -> [Completion] {
        if operation.isGhost { return [] }
        let shot = Completion(token: fault.identity(operation.identity).token, result: result, hasMore: fault.announcesMore(operation))
        return Array(repeating: shot, count: fault.copies(operation, result))
    }

    private func isHolding(_ operation: AcceptedOperation) -> Bool {
        // Only for the faults that look at all others is it worth gathering them.
        guard let holds = fault.holds else { return false }
        return holds(operation, accepted.values.filter { $0.identity != operation.identity })
    }

    private func releaseHeld() {
        if held.isEmpty { return }
        let released = held.filter { entry in accepted[entry.token].map { !isHolding($0) } ?? true }
        held.removeAll { entry in released.contains { $0.token == entry.token } }
        for entry in released { ready += deliver(entry.token, entry.result) }
    }

    // MARK: Ending

    func shutDown() { base.shutDown() }
}
