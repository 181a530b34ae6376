// A comparison for people: on a terminal, and in Markdown for a review.

extension ReportComparison {
    /// Changes that can be told in one line.
    private struct Group {
        var changes: [Change]

        var first: Change { changes[0] }
        var verdicts: String { "\(first.before?.rawValue ?? "absent") → \(first.after?.rawValue ?? "absent")" }
        var names: String { changes.count <= 3 ? ids : "\(changes.count) cases (\(ids), …)" }
        private var ids: String { changes.prefix(3).map(\.id).joined(separator: ", ") }
    }

    /// The same change with the same words, a whole backend that is missing for instance, is told once.
    private func groups(_ trend: Trend) -> [Group] {
        let keys = changes(trend).map { [$0.backend, $0.before?.rawValue, $0.after?.rawValue, $0.message] }
        let grouped = Dictionary(grouping: zip(keys, changes(trend)), by: \.0)
        return keys.uniqued().map { key in Group(changes: grouped[key, default: []].map(\.1)) }
    }

    /// The comparison for a terminal.
    public var text: String {
        let sections = Trend.allCases.map { trend -> String in
            let groups = groups(trend)
            if groups.isEmpty { return "" }
            var table = TextTable(["\(trend.title):"])
            for group in groups {
                table.add(["  \(group.first.backend)", group.verdicts, group.names, Self.line(group.first.message)])
            }
            return table.text + "\n\n"
        }
        return sections.joined() + summary + "\n"
    }

    /// The comparison in Markdown.
    public var markdown: String {
        let sections = Trend.allCases.map { trend -> String in
            let groups = groups(trend)
            if groups.isEmpty { return "" }
            let rows = groups.map { group in
                "| \(Self.cell(group.first.backend)) | \(group.verdicts) | \(Self.cell(group.names)) | \(Self.cell(group.first.message)) |\n"
            }
            return "### \(trend.title)\n\n| backend | verdict | case | seen |\n| --- | --- | --- | --- |\n\(rows.joined())\n"
        }
        return sections.joined() + summary + "\n"
    }

    /// The numbers in one line.
    private var summary: String {
        let (worse, better) = (changes(.worse).count, changes(.better).count)
        let gone = changes.count { $0.after == nil }
        let added = changes.count { $0.before == nil }
        let otherwise = changes(.other).count { $0.before != nil && $0.after != nil }
        let failing = stillFailing == 0 ? "" : " (\(stillFailing) failing in both)"
        return "\(worse) worse, \(better) better, \(otherwise) otherwise changed, \(same) the same\(failing); "
            + "\(gone) only in the first, \(added) only in the second"
    }

    private static func line(_ text: String) -> String { String(text.map { $0.isNewline ? " " : $0 }) }

    /// Text as it may stand in a cell of a table.
    static func cell(_ text: String) -> String {
        line(text).replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("`", with: "\\`")
    }
}

extension ReportComparison.Trend {
    fileprivate var title: String {
        switch self {
        case .worse: "Worse"
        case .better: "Better"
        case .other: "Otherwise changed"
        }
    }
}
