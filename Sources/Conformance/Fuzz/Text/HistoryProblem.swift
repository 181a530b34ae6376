// Why a text is no history.

/// What is wrong with a text that should be a history, and where.
public struct HistoryProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, and what to write instead.
    public let text: String
    /// The line, counted from 1; nil while it is not known.
    public private(set) var line: Int?

    init(_ text: String, line: Int? = nil) {
        self.text = text
        self.line = line
    }

    /// The same problem, in a line.
    func located(at line: Int) -> HistoryProblem { HistoryProblem(text, line: self.line ?? line) }

    public var description: String { (line.map { "line \($0): " } ?? "") + text }
}
