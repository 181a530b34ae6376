// What a person sees: progress while the run lasts, failures in full, and a table at the end.

import Glibc
import IOSpec

/// Prints a run to a descriptor that may be a terminal.
public final class TerminalReporter {
    /// How many of a failed case's last steps a terminal gets to see; the other reports have them all.
    private static var shownSteps: Int { 6 }

    private let descriptor: Int32
    private let isTerminal: Bool
    private let seed: UInt64
    private var done = 0
    private var failed = 0
    /// The first write that failed; the run goes on, and whoever began it tells.
    public private(set) var problem: HarnessProblem?

    /// Prints to `descriptor` what becomes of a run with `seed`.
    public init(descriptor: Int32, seed: UInt64) {
        self.descriptor = descriptor
        self.seed = seed
        isTerminal = isatty(descriptor) == 1
    }

    /// Shows one more of `total` results: a line that replaces itself on a terminal, and a plain line for what is worth one elsewhere.
    public func progress(_ result: CaseResult, _ total: Int) {
        done += 1
        if result.verdict.isFailure { failed += 1 }
        if isTerminal {
            clearLine()
            if result.verdict.isFailure { write(paragraph(result) + "\n") }
            write("[\(done)/\(total)] \(failed) failed · \(result.setting) \(result.id)")
        } else if result.verdict.isFailure {
            write(paragraph(result) + "\n")
        } else if done % 100 == 0 {
            write("[\(done)/\(total)] \(failed) failed\n")
        }
    }

    /// Ends the run with everything that is not a plain pass, and the table.
    public func finish(_ report: RunReport) {
        clearLine()
        for result in report.results where result.verdict == .nonStrict || result.verdict == .expectedFailure {
            write(paragraph(result) + "\n")
        }
        for result in report.results where result.verdict == .pass && !result.message.isEmpty {
            write("measured \(result.setting) \(result.id): \(result.message)\n")
        }
        write(skips(in: report))
        write("\n" + table(report) + "\n\n" + modes(in: report) + summary(report) + "\n")
        if !report.results.contains(where: { $0.verdict != .skip }) { write("nothing was judged: every case was skipped\n") }
        let failed = failures(in: report)
        if !failed.isEmpty { write("\nfailed:\n" + failed.map { "  \($0)\n" }.joined()) }
    }

    /// A result with what was seen and the clauses that it is about.
    private func paragraph(_ result: CaseResult) -> String {
        var lines = ["\(result.verdict.rawValue.uppercased()) \(result.setting) \(result.id)"]
        if !result.message.isEmpty { lines.append("  \(result.message)") }
        if let iterations = result.iterations { lines.append("  one of up to \(iterations) iterations") }
        let clauses = (result.blamed.map { [$0] } ?? []) + result.clauses
        for id in clauses.uniqued() {
            guard let clause = Clause.all.first(where: { $0.id == id }) else { continue }
            lines.append("  \(id) (\(clause.level)): \(clause.sentence)")
        }
        if let trace = result.trace, !trace.isEmpty {
            lines.append("  last steps:")
            lines += trace.suffix(Self.shownSteps).map { "    \($0)" }
        }
        if result.verdict.blamesBackend {
            let mode = result.mode == .default ? "" : " --mode \(result.mode.rawValue)"
            lines.append("  again: iospec conform --backend \(result.backend) --case \(result.id) --seed \(seed)\(mode)")
        }
        return lines.joined(separator: "\n")
    }

    /// One line for each failure, and for a backend that must be there and is not.
    private func failures(in report: RunReport) -> [String] {
        report.backends.flatMap { backend in
            let failures = report.failures.filter { $0.backend == backend.name }
            if backend.available || failures.isEmpty { return failures.map { "\($0.setting) \($0.id) (\($0.verdict))" } }
            return ["\(backend.name), with all \(failures.count) cases: \(backend.explanation ?? "not available")"]
        }
    }

    private func skips(in report: RunReport) -> String {
        let skipped = report.results.filter { $0.verdict == .skip }
        let groups = Dictionary(grouping: skipped) { "\($0.setting): \($0.message)" }
        return groups.sorted { $0.key < $1.key }.map { text, results in
            let names = results.count > 3 ? "\(results.count) cases" : results.map(\.id).joined(separator: ", ")
            return "skipped \(names) on \(text)\n"
        }.joined()
    }

    /// Backends down, areas across: how many of the cases passed.
    private func table(_ report: RunReport) -> String {
        let areas = report.results.map(\.area).uniqued()
        var table = TextTable(["backend"] + areas + ["all"])
        for backend in report.backends.map(\.name) {
            let results = report.results.filter { $0.backend == backend }
            let cells = areas.map { area in Self.cell(results.filter { $0.area == area }) }
            table.add([backend] + cells + [Self.cell(results)])
        }
        return table.text
    }

    /// `12/12`, `11/12 ✗`, or what was left out.
    private static func cell(_ results: [CaseResult]) -> String {
        let judged = results.filter { $0.verdict != .skip }
        if results.isEmpty { return "-" }
        if judged.isEmpty { return "skip" }
        let good = judged.count { !$0.verdict.isFailure }
        return "\(good)/\(results.count)" + (good < judged.count ? " ✗" : "")
    }

    private func summary(_ report: RunReport) -> String {
        let tenths = Int(report.run.seconds * 10)
        return "\(Self.words(report.results)) in \(tenths / 10).\(tenths % 10) s · seed \(report.run.seed) · \(report.run.kernel) · "
            + report.run.fileSystem
    }

    /// A line for each mode, where there are several.
    private func modes(in report: RunReport) -> String {
        if report.run.modes == [.default] { return "" }
        var table = TextTable(["mode", "results"])
        for mode in report.run.modes { table.add([mode.rawValue, Self.words(report.results.filter { $0.mode == mode })]) }
        return table.text + "\n\n"
    }

    /// How often each verdict was given.
    private static func words(_ results: [CaseResult]) -> String {
        let counts = results.reduce(into: [:]) { $0[$1.verdict, default: 0] += 1 }
        return Verdict.allCases.compactMap { verdict in counts[verdict].map { "\($0) \(verdict.rawValue)" } }.joined(separator: ", ")
    }

    private func clearLine() {
        if isTerminal { write("\r\u{1B}[2K") }
    }

    /// An output that cannot be written ends nothing but itself.
    private func write(_ text: String) {
        if problem != nil { return }
        do {
            try Native.write(Array(text.utf8), to: descriptor)
        } catch {
            problem = HarnessProblem("the output cannot be written: \(error)")
        }
    }
}
