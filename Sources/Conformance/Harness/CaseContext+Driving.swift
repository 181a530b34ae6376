// Submitting, cancelling and reaping, with the oracle that watches over both.

import CLinuxIO
public import IOSpec

extension CaseContext {
    // MARK: Submitting

    /// Submits an operation.
    ///
    /// - Throws: `SubmissionQueueFull` as the backend does; ``CaseFailure`` when the identity was used before.
    @discardableResult
    public func submit(_ operation: Operation, deadline: Instant = .never, isBarrier: Bool = false) throws -> OperationID {
        let submission = Submission(operation, deadline: deadline, isBarrier: isBarrier)
        guard let id = try tracingRefusal(of: [submission], { try live?.backend.submit(submission) }) else {
            throw HarnessProblem("the case submitted after it had dropped the backend")
        }
        trace(submission, id)
        try accept(id, operation.kind)
        return id
    }

    /// Submits a chain, whole.
    ///
    /// - Throws: as ``submit(_:deadline:isBarrier:)``.
    @discardableResult
    public func submit(chain: [Submission]) throws -> [OperationID] {
        let ids = try tracingRefusal(of: chain) {
            try [OperationID](capacity: chain.count) { (ids: inout OutputSpan<OperationID>) in
                try live?.backend.submit(chain: chain.span, identities: &ids)
            }
        }
        for (place, (id, member)) in zip(ids, chain).enumerated() { trace(member, id, isLinked: place > 0) }
        guard ids.count == chain.count else {
            throw CaseFailure("a chain of \(chain.count) operations was accepted with \(ids.count) identities", clause: "chain.whole")
        }
        for (id, member) in zip(ids, chain) { try accept(id, member.operation.kind) }
        return ids
    }

    /// Submits a chain of operations without deadlines, whole.
    @discardableResult
    public func submit(chain: [Operation]) throws -> [OperationID] {
        try submit(chain: chain.map { Submission($0) })
    }

    /// Asks for an operation to end early.
    public func cancel(_ id: OperationID) {
        trace(.cancelled, id)
        live?.backend.cancel(id)
    }

    private func tracingRefusal<Result>(of chain: [Submission], _ submit: () throws -> Result) throws -> Result {
        do {
            return try submit()
        } catch {
            for (place, member) in chain.enumerated() { trace(member, nil, isLinked: place > 0) }
            throw error
        }
    }

    private func accept(_ id: OperationID, _ kind: OperationKind) throws {
        kinds[id] = kind
        guard identities.insert(id).inserted else {
            throw CaseFailure("the identity \(describe(id)) was given out twice", clause: "completion.identity")
        }
        if let other = pending.updateValue(id, forKey: id.token.rawValue) {
            throw CaseFailure("\(describe(id)) has the token of \(describe(other)), which is in flight", clause: "completion.identity")
        }
    }

    // MARK: Reaping

    /// Reaps once without waiting, and returns the operations that completed.
    @discardableResult
    public func turn() throws -> [OperationID] {
        try reap(until: .distantPast)
    }

    /// Reaps once, waiting until `deadline` at most, and returns the operations that completed.
    @discardableResult
    public func reap(until deadline: Instant, capacity: Int = 64) throws -> [OperationID] {
        let reaped = [Completion](capacity: capacity) { (span: inout OutputSpan<Completion>) in
            live?.backend.reap(into: &span, until: deadline)
        }
        return try reaped.map { try record($0) }
    }

    /// Where every completion is checked against what was accepted.
    private func record(_ completion: Completion) throws -> OperationID {
        let named = pending[completion.token.rawValue]
        trace(completion, named)
        guard let id = named else {
            throw CaseFailure(
                "a completion (\(describe(completion))) names token \(completion.token.rawValue), which no operation in flight has: "
                    + "it is a second completion, or belongs to nothing",
                clause: "completion.exactly-one")
        }
        if completion.result < 0, completion.error == nil {
            throw CaseFailure("the result \(completion.result) encodes no portable cause", clause: "result.portable")
        }
        if completion.hasMore {
            try recordShot(completion, of: id)
        } else {
            pending[completion.token.rawValue] = nil
            completions[id] = completion
        }
        completionOrder.append(id)
        return id
    }

    /// Only a multishot operation goes on, and never after an error.
    private func recordShot(_ completion: Completion, of id: OperationID) throws {
        guard kinds[id]?.isMultishot == true else {
            throw CaseFailure("\(describe(id)) announced further completions, and it has exactly one", clause: "completion.exactly-one")
        }
        if completion.result < 0 {
            throw CaseFailure("\(describe(id)) \(describe(completion)) and announced further completions", clause: "multishot.ends")
        }
        shots[id, default: []].append(completion)
    }

    /// Whether the completion of `id` was seen.
    public func isComplete(_ id: OperationID) -> Bool { completions[id] != nil }

    /// Reaps until the completion of `id` is there.
    ///
    /// - Throws: a timeout when it does not come within the case's time limit.
    public func complete(_ id: OperationID) throws -> Completion {
        while true {
            if let completion = completions[id] { return completion }
            try reapOrTimeOut("\(describe(id)) is still pending")
        }
    }

    /// Reaps until all completions are there; they are returned in the order of `ids`.
    public func complete(_ ids: [OperationID]) throws -> [Completion] {
        try ids.map { try complete($0) }
    }

    /// Reaps until `condition` holds.
    ///
    /// - Throws: a timeout that says `what` did not come.
    public func reap(until what: String, _ condition: () throws -> Bool) throws {
        while try !condition() {
            if Self.clock >= end { throw timeout("\(what) did not come") }
            try reap(until: after(milliseconds: 2))
        }
    }

    /// Submits an operation and reaps its completion.
    public func perform(_ operation: Operation, deadline: Instant = .never) throws -> Completion {
        try complete(submit(operation, deadline: deadline))
    }

    /// Performs an operation that must succeed, and returns its count.
    @discardableResult
    public func succeed(_ operation: Operation, deadline: Instant = .never) throws -> Int {
        let completion = try perform(operation, deadline: deadline)
        if let error = completion.error {
            throw CaseFailure("\(describe(operation)) must succeed, and failed with \(describe(error))")
        }
        return Int(completion.result)
    }

    /// Performs an operation that must fail with `cause`.
    public func fails(_ operation: Operation, with cause: IOError.Cause, deadline: Instant = .never) throws {
        try expect(perform(operation, deadline: deadline), failsWith: cause, describe(operation))
    }

    /// Checks that no completion of `ids` comes for a while; the others are recorded.
    public func expectPending(_ ids: OperationID..., milliseconds: Int64 = 20) throws {
        let until = after(milliseconds: milliseconds)
        repeat {
            try reap(until: until)
            for id in ids {
                guard let completion = completions[id] else { continue }
                throw CaseFailure("\(describe(id)) must wait, and completed with \(describe(completion))")
            }
        } while now < until
    }

    /// Checks that submitting says that the queue is full.
    public func expectQueueFull(_ operation: Operation) throws {
        do {
            try submit(operation)
        } catch is SubmissionQueueFull {
            return
        }
        throw CaseFailure("with \(inFlight) operations in flight submit must say that the queue is full, and accepted one more")
    }

    private func reapOrTimeOut(_ problem: @autoclosure () -> String) throws {
        let left = end - Self.clock
        if left <= 0 { throw timeout(problem()) }
        try reap(until: now.advanced(byNanoseconds: min(left, 100_000_000)))
    }

    func timeout(_ problem: String) -> CaseFailure {
        CaseFailure("timeout: \(problem) at the case's time limit, with \(pending.count) in flight", kind: .timeout)
    }
}
