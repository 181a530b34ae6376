// Which saboteurs no history can show, and why.

extension Saboteur {
    /// Why no history shows what the saboteur does wrong; nil when one can.
    var isHiddenFromHistoriesBecause: String? {
        if let reason = HiddenFaults.bySaboteur[name] { return reason }
        let reasons = clauses.map { clause in HiddenFaults.byClause.first { $0.clauses.contains(clause) }?.reason }
        return reasons.contains { $0 == nil } ? nil : reasons.compactMap(\.self).first
    }
}

/// What is beyond histories.
private enum HiddenFaults {
    /// Of clauses that are about something else than what operations of a history come to.
    static let byClause: [(reason: String, clauses: Set<String>)] = [
        (
            "it is about setting up and what a backend says of itself",
            [
                "availability.typed-reason", "availability.probed", "availability.mechanism", "availability.mechanism-holds",
                "shutdown.many",
            ]
        ),
        ("a history has no other threads and no wakes", ["wake.not-lost", "wake.empty", "completion.fair", "completion.no-interrupt"]),
        ("a history measures neither time nor the processor", ["completion.idle", "readiness.idle"]),
        (
            "a history has no processes, no foreign handles and no programs that are started",
            [
                "process.end", "process.end-once", "process.spawn", "process.fork-parent", "foreign.own", "foreign.readiness",
            ]
        ),
        ("a history has no other process", ["message.handles-shared"]),
        (
            "a history has no files and directories but its own",
            ["file.special", "path.unconfined"]
        ),
        ("memory of that length is beyond a history", ["result.transfer-limit"]),
    ]

    /// Of single saboteurs.
    static let bySaboteur: [String: String] = [
        "completion.waiters-are-few": "a history has fewer operations in flight than that",
        "directory.position-is-shared": "when others list between two steps of a listing is a race",
        "file.no-space-is-success": "storage that runs out is beyond a history",
        "file.status-without-birth": "not every file system knows it",
        "message.begins-anew": "whether a message that waits has its handles is left open",
        "message.waiting-spins": "a history measures neither time nor the processor",
        "multishot.exhausted-is-other": "running out of descriptors is beyond a history",
        "path.read-only-is-denied": "a history has no files and directories but its own",
        "shutdown.leaks-one-in-a-thousand": "one history has one backend",
        "splice.spins": "a history measures neither time nor the processor",
        "stream.accept-exhausted-is-other": "running out of descriptors is beyond a history",
        "stream.accept-refused-early": "running out of descriptors is beyond a history",
        "stream.connect-spins": "a history measures neither time nor the processor",
        "stream.small-sends-split": "one handle sends in order, and a pipe of a history has one sender",
    ]
}
