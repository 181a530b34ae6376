// The clauses as a document.

public import IOSpec

/// The specification's text, generated from the clauses.
public struct SpecificationDocument: Codable, Sendable {
    /// A clause as it is written out.
    public struct Entry: Codable, Sendable {
        /// The stable name.
        public var id: String
        /// The part of the name before the dot.
        public var area: String
        /// How binding it is.
        public var level: String
        /// How it can be checked.
        public var kind: String
        /// Why no case can tell, for what is untestable.
        public var reason: String?
        /// The rule.
        public var sentence: String
        /// The cases that prove it.
        public var cases: [String]
    }

    /// The version of this structure.
    public var schemaVersion = 1
    /// The clauses, in the order of the specification.
    public var clauses: [Entry]

    /// The specification with its cases.
    public init(clauses: [Clause], cases: [ConformanceCase]) {
        self.clauses = clauses.map { clause in
            Entry(clause, cases: cases.filter { $0.clauses.contains(clause.id) }.map(\.id))
        }
    }

    /// The document in Markdown: a section for each area.
    public var markdown: String {
        let sections = clauses.map(\.area).uniqued().map { area in
            "## \(area)\n\n" + clauses.filter { $0.area == area }.map(\.markdown).joined(separator: "\n")
        }
        let count = "\(clauses.count) clauses. A backend that breaks a *must* does not conform; a missed *should* is reported."
        return "# The IO specification\n\n\(count)\n\n" + sections.joined(separator: "\n\n") + "\n"
    }
}

extension SpecificationDocument.Entry {
    fileprivate init(_ clause: Clause, cases: [String]) {
        id = clause.id
        area = clause.area
        level = clause.level.rawValue
        sentence = clause.sentence
        self.cases = cases
        switch clause.kind {
        case .deterministic: kind = "deterministic"
        case .stochastic: kind = "stochastic"
        case .untestable(let why):
            kind = "untestable"
            reason = why
        }
    }

    fileprivate var markdown: String {
        let qualities = [level, kind == "deterministic" ? nil : kind].compactMap { $0 }.joined(separator: ", ")
        return "- **`\(id)`** (\(qualities)): \(sentence)" + (reason.map { " *Untestable: \($0).*" } ?? "")
    }
}
