// Where a run gets its expectations from.

import ArgumentParser
import Conformance
import Glibc

/// The files of declared failures.
struct ExpectationOptions: ParsableArguments {
    /// The environment variable that lists such files, too, as PATH lists directories.
    static let variable = "IOSPEC_EXPECTATIONS"

    @Option(
        name: .customLong("expectations"),
        help: ArgumentHelp(
            "Read known failures from this JSON file; repeat for several. The environment variable \(variable) adds files, separated by colons.",
            valueName: "F"))
    var files: [String] = []

    /// The expectations of every file, in order.
    ///
    /// - Throws: ``WrongUse`` for a file that is malformed, or that speaks about a backend or a case that does not exist.
    func read() throws(WrongUse) -> [Expectation] {
        let text = unsafe getenv(Self.variable).map { unsafe String(cString: $0) } ?? ""
        var expectations: [Expectation] = []
        for file in files + text.split(separator: ":").map(String.init) {
            let read = try Expectation.read(from: file)
            do {
                for expectation in read { try expectation.check(backends: BackendCatalogue.all.map(\.name), cases: CaseCatalogue.all) }
            } catch {
                throw WrongUse("\(file): \(error)")
            }
            expectations += read
        }
        return expectations
    }
}
