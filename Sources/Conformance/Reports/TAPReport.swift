// A run in the Test Anything Protocol, version 13.

/// Writes TAP: one point for each case and backend.
public enum TAPReport {
    /// The document.
    public static func document(_ report: RunReport) -> String {
        let points = report.results.enumerated().map { point($0 + 1, $1) }
        return "TAP version 13\n1..\(report.results.count)\n" + points.joined()
    }

    private static func point(_ number: Int, _ result: CaseResult) -> String {
        let isGood = !result.verdict.isFailure && result.verdict != .expectedFailure
        let head = "\(isGood ? "ok" : "not ok") \(number) - \(result.setting) \(result.id)"
        switch result.verdict {
        case .pass where result.message.isEmpty: return head + "\n"
        case .skip: return head + " # SKIP \(line(result.message))\n"
        case .expectedFailure: return head + " # TODO \(line(result.message))\n"
        case .pass, .nonStrict, .informational, .fail, .timeout, .crash, .leak, .unexpectedPass, .broken:
            return head + "\n  ---\n  verdict: \(result.verdict.rawValue)\n  message: \(quoted(result.message))\n"
                + "  clauses: [\(result.clauses.joined(separator: ", "))]\n  ...\n"
        }
    }

    /// A `#` would begin a directive of its own, and a line break a line.
    private static func line(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 }).replacing("#", with: "\\#")
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }
}
