// A file that a report goes to, found to be writable before the run begins.

import Conformance
import Glibc

/// A report's destination.
struct ReportFile {
    private let path: String

    /// Makes sure that `path` can be written, and leaves its contents alone until there is a report; nil when none is asked for.
    ///
    /// - Throws: ``WrongUse`` with the system's reason.
    init?(_ path: String?, option: String) throws(WrongUse) {
        guard let path else { return nil }
        self.path = path
        do {
            Native.close(try Native.openDescriptor(path, flags: O_WRONLY | O_CREAT))
        } catch {
            throw WrongUse("the report of \(option) cannot be written: \(error)")
        }
    }

    /// Replaces the file's contents.
    func write(_ bytes: [UInt8]) throws {
        try Native.makeFile(at: path, contents: bytes)
    }
}
