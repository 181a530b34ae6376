// What a run of random histories came to, for people.

import IOSpec

extension FuzzReport {
    /// A table of the backends, and what was found.
    public var text: String {
        var table = TextTable(["backend", "histories", "operations", "operations a second", "disagreements"])
        for result in results { table.add(result.row) }
        let remarks = results.flatMap(\.remarks).map { "\($0)\n" }.joined()
        let found = results.compactMap { result in result.finding.map { "\n" + $0.text(on: result.backend, seed: seed) } }
        return table.text + "\n" + remarks + comparison + found.joined() + differences.map { "\n" + $0.text }.joined()
    }

    private var comparison: String {
        if compared == 0 { return "" }
        return "\(compared) histories that come to rest after each step were compared between backends, \(differences.count) differ\n"
    }
}

extension FuzzResult {
    fileprivate var row: [String] {
        if unavailable != nil { return [backend, "-", "-", "-", "not available"] }
        return [backend, "\(histories)", "\(operations)", "\(Int(rate))", finding == nil ? "0" : "1"]
    }

    fileprivate var remarks: [String] {
        if let unavailable { return ["\(backend): \(unavailable)"] }
        var remarks: [String] = []
        if skipped > 0 { remarks.append("\(backend): \(skipped) histories could not be judged: \(skipReason ?? "no reason is known")") }
        if givenUp > 0 {
            remarks.append(
                "\(backend): in \(givenUp) histories files and names were judged up to a point only: they could be in too many states")
        }
        return remarks
    }
}

extension FuzzFinding {
    /// What is wrong, and how to see it again.
    func text(on backend: String, seed: UInt64) -> String {
        let clause = disagreement.clause.map { "\($0): \(disagreement.sentence ?? "no clause has this name")" }
        let again =
            file.map { "iospec fuzz --backend \(backend) --replay \($0)" } ?? "iospec fuzz --backend \(backend) --seed \(seed)"
        let rate =
            failures == 0
            ? "once, and in none of \(attempts) repetitions; the history is as it was found" : "\(failures) of \(attempts) times"
        let lines: [String?] = [
            "\(backend) disagrees with the specification, after \(operationsBefore) operations",
            clause.map { "  clause   \($0)" },
            "  allowed  \(disagreement.allowed)",
            "  seen     \(disagreement.seen)",
            "  fails    \(rate)",
            "  history  of \(history.steps.count) steps, found with \(originalSteps)",
            history.description.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"),
            "  again    \(again)",
        ]
        return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
    }
}

extension FuzzDifference {
    var text: String {
        let lines =
            ["\(backends[0]) and \(backends[1]) differ where nothing is left open"]
            + first.map { "  \(backends[0]) saw   \($0)" } + second.map { "  \(backends[1]) saw   \($0)" }
            + history.split(separator: "\n").map { "    \($0)" }
            + (file.map { ["  again    iospec fuzz --backend \(backends[0]) --backend \(backends[1]) --replay \($0)"] } ?? [])
        return lines.joined(separator: "\n") + "\n"
    }
}
