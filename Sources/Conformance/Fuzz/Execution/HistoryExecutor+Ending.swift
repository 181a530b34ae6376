// The end of a history: the backend is shut down, and nothing may be left.

import IOSpec

extension HistoryExecutor {
    /// Shuts the backend down, which is as if everything were cancelled, and looks at what must be true then.
    func end() throws {
        model.shutDown()
        context.shutDown()
        // However long the history took, its end has all its time.
        context.end = CaseContext.clock + Int64(endingSeconds * 1e9)
        let late = try? context.submit(.control(.nop))
        while !running.isEmpty || late.map({ context.completions[$0] == nil }) ?? false {
            if CaseContext.clock >= context.end { break }
            try reap(until: context.now.advanced(byNanoseconds: 20_000_000))
        }
        if let late, let completion = context.completions[late], completion.error?.cause != .cancelled {
            throw CaseFailure("what was submitted after shutting down comes to \(completion.result)", clause: "shutdown.refuses")
        }
        try context.finish()
        for pool in pools.values { try pool.check() }
        for range in returned where !range.isFilled(with: Self.givenBack) {
            throw CaseFailure(
                "memory was written after the completion of the operation that it was lent to", clause: "buffer.owned-until-completion")
        }
    }

    /// Looks at what the backend has left in the process.
    static func verdict(of watch: ProcessWatch) -> HistoryOutcome.Verdict {
        do {
            try watch.checkLeaks()
            return .agreed
        } catch let failure as CaseFailure {
            return .disagreed(Disagreement(failure))
        } catch {
            return .broken("\(error)")
        }
    }
}
