// The one way to the standard output: what cannot be written is a failure and not silence.

import Conformance
import Glibc

/// Writes `text` to the standard output.
///
/// - Throws: ``HarnessProblem`` with the system's reason.
func output(_ text: String) throws {
    do {
        try Native.write(Array(text.utf8), to: STDOUT_FILENO)
    } catch {
        throw HarnessProblem("the output cannot be written: \(error)")
    }
}

/// Prints a line to the error output; there is nobody to tell when that fails.
func printError(_ line: String) {
    try? Native.write(Array("\(line)\n".utf8), to: STDERR_FILENO)
}
