// `iospec spec`: the text of the specification.

import ArgumentParser
import Conformance
import IOSpec

/// Prints the clauses.
struct SpecCommand: ParsableCommand {
    /// The forms of the text.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case markdown
        case json
    }

    static let configuration = CommandConfiguration(commandName: "spec", abstract: "Print the specification, generated from its clauses.")

    @Option(help: "markdown or json.")
    var format: Format = .markdown

    func run() throws {
        let document = SpecificationDocument(clauses: Clause.all, cases: CaseCatalogue.all)
        try reportingProblems { try output(text(of: document)) }
    }

    private func text(of document: SpecificationDocument) throws -> String {
        switch format {
        case .markdown: document.markdown
        case .json: String(decoding: try JSON.document(document), as: UTF8.self)
        }
    }
}
