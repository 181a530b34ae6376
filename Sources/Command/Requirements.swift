// What a run must have, so that continuous integration does not pass by leaving out what its machine lacks.

import Conformance
import Glibc

/// The requirements of the environment: lists of names, separated by commas.
enum Requirements {
    /// The backends that must be available: those asked for by name, and those that the environment requires.
    ///
    /// - Throws: ``WrongUse`` for a name that does not exist.
    static func backends(with names: [String]) throws(WrongUse) -> Set<String> {
        Set(try read("IOSPEC_REQUIRE_BACKENDS") { words throws(WrongUse) in try BackendCatalogue.named(words).map(\.name) }).union(names)
    }

    /// The modes that the environment requires every backend to have; `all` names each.
    ///
    /// - Throws: ``WrongUse`` for a name that does not exist.
    static func modes() throws(WrongUse) -> Set<AmbientMode> {
        Set(try read("IOSPEC_REQUIRE_MODES") { words throws(WrongUse) in try AmbientMode.named(words) })
    }

    /// What the words of a variable name; nothing when there are none.
    private static func read<Element>(
        _ variable: String, _ resolve: ([String]) throws(WrongUse) -> [Element]
    ) throws(WrongUse) -> [Element] {
        let text = unsafe getenv(variable).map { unsafe String(cString: $0) } ?? ""
        let words = text.split(separator: ",").map { word in String(word.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
        if words.isEmpty { return [] }
        do {
            return try resolve(words)
        } catch {
            throw WrongUse("\(variable): \(error)")
        }
    }
}
