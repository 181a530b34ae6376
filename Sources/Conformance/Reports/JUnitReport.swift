// A run as JUnit XML, which every continuous integration reads.

/// Writes JUnit XML: a test suite for each backend in each mode, a test case for each case.
public enum JUnitReport {
    /// The document.
    public static func document(_ report: RunReport) -> String {
        let results = Dictionary(grouping: report.results, by: \.setting)
        let suites = report.settings.map { suite($0, results[$0, default: []], report.run) }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"iospec\">\n" + suites.joined() + "</testsuites>\n"
    }

    private static func suite(_ setting: String, _ results: [CaseResult], _ run: RunInformation) -> String {
        let failures = results.count { $0.verdict.isFailure && $0.verdict != .broken }
        let errors = results.count { $0.verdict == .broken }
        let skipped = results.count { $0.verdict == .skip || $0.verdict == .expectedFailure }
        let seconds = results.reduce(0) { $0 + $1.seconds }
        return "  <testsuite name=\"\(escaped(setting))\" tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"\(errors)\" "
            + "skipped=\"\(skipped)\" time=\"\(seconds)\" timestamp=\"\(escaped(run.date))\">\n"
            + results.map(testCase).joined() + "  </testsuite>\n"
    }

    private static func testCase(_ result: CaseResult) -> String {
        let head =
            "    <testcase classname=\"\(escaped(result.setting)).\(escaped(result.area))\" name=\"\(escaped(result.id))\" time=\"\(result.seconds)\""
        let message = escaped(result.message)
        switch result.verdict {
        case .pass where result.message.isEmpty:
            return head + "/>\n"
        case .pass, .nonStrict, .informational:
            return head + "><system-out>\(result.verdict.rawValue): \(message)</system-out></testcase>\n"
        case .skip, .expectedFailure:
            return head + "><skipped message=\"\(message)\"/></testcase>\n"
        case .broken:
            return head + "><error type=\"broken\" message=\"\(message)\"/>\(steps(result))</testcase>\n"
        case .fail, .timeout, .crash, .leak, .unexpectedPass:
            let clauses = escaped(result.concerned.sorted().joined(separator: " "))
            return head
                + "><failure type=\"\(result.verdict.rawValue)\" message=\"\(message)\">clauses: \(clauses)</failure>\(steps(result))</testcase>\n"
        }
    }

    /// The last steps of the case, as its output.
    private static func steps(_ result: CaseResult) -> String {
        guard let trace = result.trace, !trace.isEmpty else { return "" }
        return "<system-out>\(escaped(trace.joined(separator: "\n")))</system-out>"
    }

    /// Text as it may stand in an attribute; what XML cannot hold at all becomes a question mark.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t", "\r": escaped += "&#\(scalar.value);"
            default: escaped.unicodeScalars.append(scalar.value < 0x20 || scalar.value >= 0xFFFE && scalar.value <= 0xFFFF ? "?" : scalar)
            }
        }
    }
}
