// Running one case in this process, from a fresh backend to the leak check.

import CLinuxIO
public import IOSpec

extension ConformanceCase {
    /// Runs the case on a fresh backend, on the calling thread.
    ///
    /// A backend that hangs in its own code, or ends the process, does so here, too; the runner uses child processes for that.
    ///
    /// - Parameters:
    ///   - factory: makes the backend.
    ///   - seed: the seed of the case's random numbers; the same seed gives the same numbers.
    ///   - checksLeaks: whether what is left behind is judged. It is the whole process that is looked at, so nothing else may go on in it.
    public func run(on factory: BackendFactory, seed: UInt64, checksLeaks: Bool = true) -> CaseResult {
        do {
            return run(on: factory, seed: seed, checksLeaks: checksLeaks, trace: try CaseTrace()) { _ in }
        } catch {
            return CaseResult(self, backend: factory.name, verdict: .broken, message: "\(error)")
        }
    }

    /// The same, with its steps written to `trace`; a failure is told to `foresee` before the failed backend is dropped, which may hang.
    func run(
        on factory: BackendFactory, seed: UInt64, checksLeaks: Bool = true, trace: CaseTrace, foresee: (CaseResult) -> Void
    ) -> CaseResult {
        let start = CaseContext.clock
        trace.begin()
        do {
            try preparation?()
            let before = try ResourceSnapshot(in: factory.surroundings)
            var outcome = prove(on: factory, seed: seed, end: start + Int64(timeLimit * 1e9), trace) { outcome in
                foresee(result(outcome, factory, start, trace))
            }
            if checksLeaks, !leavesThreadPool, !outcome.verdict.isFailure { outcome = try judgeLeaks(since: before, otherwise: outcome) }
            return result(outcome, factory, start, trace)
        } catch {
            return result(Outcome(.broken, "\(error)"), factory, start, trace)
        }
    }

    /// A verdict before it is put into a report.
    private struct Outcome {
        var verdict: Verdict
        var message: String
        var blamed: String?
        var skip: SkipReason?

        init(_ verdict: Verdict, _ message: String = "", blamed: String? = nil, skip: SkipReason? = nil) {
            self.verdict = verdict
            self.message = message
            self.blamed = blamed
            self.skip = skip
        }
    }

    private func result(_ outcome: Outcome, _ factory: BackendFactory, _ start: Int64, _ trace: CaseTrace) -> CaseResult {
        CaseResult(
            self, backend: factory.name, verdict: outcome.verdict, seconds: Double(CaseContext.clock - start) / 1e9,
            message: outcome.message, blamed: outcome.blamed, skip: outcome.skip, trace: outcome.verdict.needsTrace ? trace.lines : nil)
    }

    /// The body and the oracle. When this returns the backend, its memory and its directory are gone.
    private func prove(
        on factory: BackendFactory, seed: UInt64, end: Int64, _ trace: CaseTrace, foresee: (Outcome) -> Void
    ) -> Outcome {
        let context: CaseContext
        do {
            context = CaseContext(
                try factory.make(configuration), factory: factory, iterations: iterations, seed: seed, end: end, trace: trace)
        } catch {
            if preparation == nil || error.reason != .missing { return judge(error) }
            // The preparation took something away, and the backend says that it needs that.
            return Outcome(.skip, error.sentence, skip: .unavailable(error.subject))
        }
        // Also after a failure, and before the memory that the backend may still fill.
        defer { context.dropBackend() }
        do {
            return try prove(with: context)
        } catch {
            let outcome = judge(error)
            foresee(outcome)
            return outcome
        }
    }

    private func prove(with context: CaseContext) throws -> Outcome {
        if let missing = missingCapability(context.capabilities) {
            return Outcome(.skip, "the backend does not claim \(missing)", skip: .capability(missing))
        }
        try body(context)
        try context.finish()
        return outcome(of: context.notes)
    }

    private var iterations: Int {
        if case .stochastic(let iterations) = kind { iterations } else { 1 }
    }

    private func missingCapability(_ claimed: Capabilities) -> String? {
        let missing = requires.subtracting(claimed)
        return Capabilities.named.first { missing.contains($0.capability) }?.name
    }

    private func outcome(of notes: [CaseNote]) -> Outcome {
        let text = notes.map(\.text).joined(separator: "; ")
        if notes.contains(where: { $0.kind == .nonStrict }) { return Outcome(.nonStrict, text) }
        return Outcome(notes.contains { $0.kind == .informational } ? .informational : .pass, text)
    }

    private func judge(_ error: any Error) -> Outcome {
        switch error {
        case let skip as Skip:
            return Outcome(.skip, skip.description, skip: skip.reason)
        case let failure as CaseFailure:
            return graded(Outcome(failure.kind == .timeout ? .timeout : .fail, failure.message, blamed: failure.clause))
        case let error as IOError:
            return graded(Outcome(.fail, "acquiring failed with \(error.cause), native \(error.detail)"))
        case is SubmissionQueueFull:
            return graded(Outcome(.fail, "submit says that the queue is full, where slots are free", blamed: "completion.queue-full"))
        case let unavailability as Unavailability:
            return Outcome(.fail, "the backend cannot be set up: \(unavailability.sentence)", blamed: "availability.typed-reason")
        default:
            return Outcome(.broken, "\(error)")
        }
    }

    /// A failure weighs as much as the case is binding.
    private func graded(_ outcome: Outcome) -> Outcome {
        var graded = outcome
        switch level {
        case .must: break
        case .should: graded.verdict = .nonStrict
        case .may: graded.verdict = .informational
        }
        return graded
    }

    private func judgeLeaks(since before: ResourceSnapshot, otherwise outcome: Outcome) throws -> Outcome {
        let leaks = try before.leaksOnceStable()
        if !leaks.isEmpty { return Outcome(.leak, "left behind: \(leaks.joined(separator: ", "))", blamed: "shutdown.releases") }
        let vanished = try before.vanishedDescriptors()
        if vanished.isEmpty { return outcome }
        return Outcome(.fail, "closed what was not the backend's: \(vanished.joined(separator: ", "))", blamed: "close.again")
    }
}

extension Unavailability {
    /// The reason as one sentence, with the remedy.
    public var sentence: String {
        let number = detail == 0 ? "" : ", native \(detail)"
        return "\(subject) is not available (\(reason)\(number)); \(remedy)"
    }
}
