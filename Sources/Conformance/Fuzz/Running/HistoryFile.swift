// Histories in files.

import IOSpec

extension History {
    /// Reads the history in a file.
    ///
    /// - Throws: ``WrongUse`` that names the file, the line and the cause.
    public init(readingFrom path: String) throws(WrongUse) {
        let text: String
        do {
            text = String(decoding: try Native.contents(at: path), as: UTF8.self)
        } catch {
            throw WrongUse("the history cannot be read: \(error)")
        }
        do {
            try self.init(parsing: text)
        } catch {
            throw WrongUse("\(path) is no history: \(error)")
        }
    }

    /// Writes the history where temporary files are, under a name that begins with `words`, and returns that.
    func written(_ words: String, comment: String) throws -> String {
        let path = "\(ScratchDirectory.parent)/iospec-\(words)-\(String(seed, radix: 16)).history"
        let comments = comment.split(separator: "\n").map { "# \($0)\n" }.joined()
        try Native.makeFile(at: path, contents: Array((comments + description).utf8))
        return path
    }
}

extension FuzzReport {
    /// Writes every history that was found to a file that `--replay` takes.
    ///
    /// - Throws: ``HarnessProblem`` when one cannot be written.
    public mutating func writeHistories() throws {
        for place in results.indices {
            let backend = results[place].backend
            guard let finding = results[place].finding else { continue }
            let comment = "\(backend): \(finding.disagreement.clause ?? "")\nallowed \(finding.disagreement.allowed)\n"
            results[place].finding?.file = try finding.history.written(
                backend, comment: comment + "seen \(finding.disagreement.seen)")
        }
        for place in differences.indices {
            let difference = differences[place]
            let history = try History(parsing: difference.history)
            differences[place].file = try history.written(
                difference.backends.joined(separator: "-"), comment: "\(difference.backends.joined(separator: " and ")) differ")
        }
    }
}
