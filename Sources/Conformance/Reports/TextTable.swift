// Aligned columns for the terminal.

/// Rows of words, printed with as much room as each column needs.
public struct TextTable: Sendable {
    private var rows: [[String]]

    /// A table that begins with `header`.
    public init(_ header: [String]) {
        rows = [header]
    }

    /// Adds a row.
    public mutating func add(_ row: [String]) {
        rows.append(row)
    }

    /// The lines, without spaces at their ends.
    public var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        return rows.map { row in line(row, widths) }.joined(separator: "\n")
    }

    private func line(_ row: [String], _ widths: [Int]) -> String {
        let padded = row.enumerated().map { $1 + String(repeating: " ", count: widths[$0] - $1.count) }
        var line = padded.joined(separator: "  ")
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }
}
