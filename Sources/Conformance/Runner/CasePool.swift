// Runs batches of cases in child processes, several at a time, and turns a hang or a crash into a verdict.

import CLinuxIO
import Glibc

/// The parent's side of a run. One thread; it only starts, watches and ends children.
final class CasePool {
    /// How long a signal may go unseen that came just before the wait began.
    private static var longestWait: Int64 { 200 }

    private let host: ChildHost
    private let seed: UInt64
    private let jobs: Int
    private let report: (CaseBatch, CaseResult) -> Void
    private let isWanted: (CaseBatch) -> Bool
    /// Called for each backend that a batch without cases was to probe.
    var probed: (BackendReport) -> Void = { _ in }
    private var waiting: [CaseBatch] = []
    private var workers: [ChildWorker] = []

    /// A pool whose `report` is called for each result, in the order in which they come; a batch that is not wanted any more is not begun.
    init(
        host: ChildHost, seed: UInt64, jobs: Int, isWanted: @escaping (CaseBatch) -> Bool = { _ in true },
        report: @escaping (CaseBatch, CaseResult) -> Void
    ) {
        self.host = host
        self.seed = seed
        self.jobs = max(jobs, 1)
        self.isWanted = isWanted
        // A child need not know in which mode it is said to be.
        self.report = { batch, result in
            var result = result
            result.mode = batch.mode
            report(batch, result)
        }
    }

    /// Runs every batch to its end.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when children cannot be started.
    func run(_ batches: [CaseBatch]) throws {
        waiting = batches.reversed()
        defer { for worker in workers { worker.kill() } }
        while true {
            try Interruption.check()
            // What only waits keeps no processor from the others.
            while workers.count(where: { $0.batch.idleSeconds == 0 }) < jobs, let batch = waiting.popLast() {
                guard isWanted(batch) else { continue }
                workers.append(try ChildWorker(batch, host: host, seed: seed))
            }
            if workers.isEmpty { return }
            for worker in try waitForWorkers() { listen(to: worker) }
            for worker in workers where worker.isSilent { bury(worker) }
            for worker in workers where worker.end <= CaseContext.clock { end(worker) }
        }
    }

    /// The workers that have something to say; none when a time limit or a signal came first.
    private func waitForWorkers() throws -> [ChildWorker] {
        var descriptors = workers.map { pollfd(fd: $0.isSilent ? -1 : $0.channel, events: Int16(POLLIN), revents: 0) }
        let next = workers.map(\.end).min() ?? CaseContext.clock
        // Nothing tells the end of a silent child, which follows its last word closely.
        let longest = workers.contains(where: \.isSilent) ? 1 : Self.longestWait
        let milliseconds = max(0, min((next - CaseContext.clock) / 1_000_000 + 1, longest))
        let ready = unsafe Glibc.poll(&descriptors, nfds_t(descriptors.count), Int32(milliseconds))
        if ready < 0, errno != EINTR { throw HarnessProblem("cannot wait for children: \(Native.describe(errno))") }
        if ready <= 0 { return [] }
        return zip(workers, descriptors).filter { $0.1.revents != 0 }.map(\.0)
    }

    private func listen(to worker: ChildWorker) {
        for message in worker.read() {
            switch message {
            case .finished(let result) where result != worker.last: report(worker.batch, result)
            case .probed(let report): probed(report)
            case .started, .failing, .finished: break
            }
        }
        if let line = worker.unreadable { return dismiss(worker, line) }
        guard let foreseen = worker.foreseen, worker.batch.stopsAtFailure, foreseen.verdict.blamesBackend else { return }
        // Nothing more is to be learnt, so nobody waits for a broken backend to be dropped.
        remove(worker)
        worker.kill()
        report(worker.batch, foreseen)
    }

    /// A child that said what is no message: nothing that it says can be trusted, so its case has no verdict, and the others go to another child.
    private func dismiss(_ worker: ChildWorker, _ line: String) {
        remove(worker)
        worker.kill()
        let text = "the child said what is no message: “\(line)”"
        if worker.batch.isProbe { return concludeProbe(worker, .broken, text) }
        if worker.remaining.isEmpty { return reportLast(worker, (.broken, text)) }
        conclude(worker, .broken, text)
    }

    /// A child that stopped speaking: done, or crashed, once it has ended.
    private func bury(_ worker: ChildWorker) {
        guard let ending = worker.ending() else { return }
        remove(worker)
        if worker.batch.isProbe { return concludeProbe(worker, .crash, "probing it failed: \(ending.text)") }
        if worker.isRunning { return conclude(worker, .crash, ending.text) }
        if worker.remaining.isEmpty { return reportLast(worker, ending.isGood ? nil : (.crash, ending.text)) }
        if ending.isGood, stoppedOnPurpose(worker) { return }
        conclude(worker, .broken, "the child ended before it began the case: \(ending.text)")
    }

    /// A session that stops at its first failure leaves cases without a result once it had begun.
    private func stoppedOnPurpose(_ worker: ChildWorker) -> Bool {
        worker.batch.stopsAtFailure && worker.remaining.count < worker.batch.cases.count
    }

    /// Reports the last case of a child; when the child ended badly after it, something that the case left behind did so.
    private func reportLast(_ worker: ChildWorker, _ misdeed: (verdict: Verdict, text: String)?) {
        guard var result = worker.last else { return }
        if let misdeed {
            result.message = [result.message, "after the case \(misdeed.text)"].filter { !$0.isEmpty }.joined(separator: "; ")
            if !result.verdict.isFailure { result.verdict = misdeed.verdict }
            result.skip = nil
            result.trace = worker.lastSteps
        }
        report(worker.batch, result)
    }

    /// Reports a backend whose probing came to no good end.
    private func concludeProbe(_ worker: ChildWorker, _ verdict: Verdict, _ text: String) {
        if !worker.hasProbed { probed(BackendReport(name: worker.batch.backend, failed: verdict, text)) }
    }

    /// A child that is past its time.
    private func end(_ worker: ChildWorker) {
        remove(worker)
        worker.kill()
        let seconds = Int(worker.seconds)
        if worker.batch.isProbe { return concludeProbe(worker, .timeout, "probing it hangs: killed after \(seconds) s") }
        if worker.remaining.isEmpty { return reportLast(worker, (.timeout, "the process did not end and was killed")) }
        if worker.isRunning { return conclude(worker, .timeout, "the backend hangs: killed after \(seconds) s") }
        conclude(worker, .broken, "the child did not begin the case")
    }

    /// Reports the case that a child ended with, and gives the others to another child.
    private func conclude(_ worker: ChildWorker, _ verdict: Verdict, _ message: String) {
        guard let first = worker.remaining.first else { return }
        var result = CaseResult(first, backend: worker.batch.backend, verdict: verdict, seconds: worker.seconds, message: message)
        result.trace = worker.lastSteps
        if let foreseen = worker.foreseen {
            result.blamed = foreseen.blamed
            result.message = "\(foreseen.message); then \(message)"
        }
        report(worker.batch, result)
        var rest = worker.batch
        rest.cases = Array(worker.remaining.dropFirst())
        if rest.cases.isEmpty || rest.stopsAtFailure { return }
        waiting.append(rest)
    }

    private func remove(_ worker: ChildWorker) {
        workers.removeAll { $0 === worker }
    }
}
