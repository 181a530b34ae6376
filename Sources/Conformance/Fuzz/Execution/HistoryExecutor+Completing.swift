// Takes completions from the backend, and has the model judge them in the order in which they came.

import IOSpec

extension HistoryExecutor {
    /// What memory is filled with that is the program's again.
    static var givenBack: UInt8 { 0x3C }

    /// Reaps once, and judges what came; whether anything did.
    @discardableResult
    func reap(until deadline: Instant) throws -> Bool {
        let ids = try context.reap(until: deadline)
        for id in ids { try complete(id) }
        return !ids.isEmpty
    }

    private func complete(_ id: OperationID) throws {
        guard var one = running[id] else { return }
        if let shots = context.shots[id], one.shots < shots.count {
            let observation = try observeShot(&one, shots[one.shots])
            running[id] = one
            observations[one.number] = comparable(one)
            return try judge(one, observation)
        }
        guard let completion = context.completions[id] else { return }
        running[id] = nil
        try checkTime(of: one, completion)
        let observation = try observe(one, completion)
        observations[one.number] = comparable(one, observation)
        // How full each buffer was decides where the bytes stopped.
        if completion.error?.cause == .noBuffers { hasRaced = true }
        // What a splice took from a file, and nobody has received yet, may follow what is written to the file.
        if case .splice(let source, _, _, _) = one.symbolic, files.contains(source) { hasRaced = true }
        if completion.error == nil, !one.symbolic.isMultishot { try take(what: one, hasMade: completion) }
        for range in one.lent { range.fill(with: Self.givenBack) }
        returned += one.lent
        try judge(one, observation)
    }

    private func judge(_ one: RunningOperation, _ observation: Observation) throws {
        do {
            try model.complete(one.number, observation)
        } catch {
            throw error.about(one)
        }
    }

    private func checkTime(of one: RunningOperation, _ completion: Completion) throws {
        guard case .time(.timer(let instant)) = one.operation, completion.error == nil, context.now < instant else { return }
        throw CaseFailure("operation \(one.number) (\(one.symbolic.text)) fired before its time", clause: "time.never-early")
    }
}

extension Refusal {
    /// The same refusal, which names the operation.
    fileprivate func about(_ one: RunningOperation) -> Refusal {
        Refusal(clause: clause, allowed: allowed, seen: "operation \(one.number) (\(one.symbolic.text)): \(seen)")
    }
}
