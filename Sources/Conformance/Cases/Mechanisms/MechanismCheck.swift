// What each mechanism means for what can be seen from outside.

import IOSpec

/// Compares a claim with what was seen.
struct MechanismCheck {
    let kind: OperationKind
    let claim: Mechanism
    /// Whether the operation had to wait.
    let isWaiting: Bool
    /// Whether it is of a form that is never left to a worker where others are not.
    let isOrdinary: Bool
    let record: MechanismRecord

    /// - Throws: ``CaseFailure`` with the first thing that is not as the claim says.
    func run() throws {
        let isRefused = record.completion.error?.cause == .unsupported
        if isRefused != (claim == .unsupported) { throw failure(isRefused ? "it is unsupported" : "it was carried out") }
        if let wait = record.waitInSubmission { throw failure("submitting waited in \(name(wait))") }
        switch claim {
        case .native: try checkNative()
        case .readiness: try checkReadiness()
        case .worker: try checkWorker()
        case .inline: try checkInline()
        case .emulated: try checkEmulated()
        case .nativeOrWorker: try checkOrWorker(checkNative)
        case .readinessOrWorker: try checkOrWorker(checkReadiness)
        case .unsupported: try expectNoDeed { _ in true }
        }
    }

    private func checkNative() throws {
        try expectNoDeed { _ in true }
        try expectNoThread()
        if try !record.usesInterface() { throw failure("no asynchronous interface was used") }
    }

    private func checkReadiness() throws {
        try expectNoDeed { $0.thread != record.thread }
        try expectNoThread()
        if !record.calls.isEmpty, record.deeds.isEmpty { throw failure("the submitting thread made no call for it") }
        if isWaiting, !record.tellsReadiness { throw failure("nothing told when it was ready") }
    }

    /// A try that may not wait is every backend's right before it troubles a thread.
    private func checkWorker() throws {
        try expectNoDeed { $0.thread == record.thread && !$0.isTry }
        if record.deeds.contains(where: \.isTry) { return }
        let isSeen = record.calls.isEmpty ? record.hasOtherThreads : record.deeds.contains { $0.thread != record.thread }
        if !isSeen { throw failure("no other thread did it") }
    }

    private func checkOrWorker(_ check: () throws -> Void) throws {
        do { try check() } catch {
            // What is not as it is published is told in the words of the first of both.
            if isOrdinary || (try? checkWorker()) == nil { throw error }
        }
    }

    private func checkInline() throws {
        try expectNoDeed { $0.thread != record.thread || !record.submission.contains($0.begin) }
        try expectNoThread()
        if record.submits { throw failure("it was handed to an asynchronous interface") }
        if !record.calls.isEmpty, record.deeds.isEmpty { throw failure("submitting made no call for it") }
    }

    private func checkEmulated() throws {
        try expectNoDeed { _ in true }
        try expectNoThread()
        if record.submits { throw failure("it was handed to an asynchronous interface") }
    }

    // MARK: Parts

    private func expectNoDeed(_ isForbidden: (TracedCall) -> Bool) throws {
        guard let deed = record.deeds.first(where: isForbidden) else { return }
        let who = deed.thread == record.thread ? "the submitting thread" : "another thread"
        let when = record.submission.contains(deed.begin) ? "while submitting" : "after submitting"
        throw failure("\(who) called \(name(deed)) \(when)")
    }

    private func expectNoThread() throws {
        if record.threadsMade > 0 { throw failure("it started threads (\(record.threadsMade))") }
    }

    private func name(_ traced: TracedCall) -> String { traced.call?.rawValue ?? "a system call" }

    private func failure(_ seen: String) -> CaseFailure {
        CaseFailure("\(kind) is published as \(claim), and \(seen)", clause: "availability.mechanism-holds")
    }
}
