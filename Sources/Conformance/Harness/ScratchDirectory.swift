// A directory of a case's own, gone with the case.

import CLinuxIO
import Glibc

/// A fresh empty directory with a short name, which is removed with all that is in it.
public final class ScratchDirectory {
    /// Its absolute path.
    public let path: String

    /// Makes a directory in `TMPDIR`, or in `/tmp`.
    ///
    /// - Throws: ``HarnessProblem`` when none can be made.
    public init() throws {
        let parent = Self.parent
        var template = Array("\(parent)/iospec-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress.unsafelyUnwrapped) != nil }
        guard made else { throw HarnessProblem("cannot make a scratch directory in \(parent): \(Native.describe(errno))") }
        path = unsafe template.withUnsafeBufferPointer { unsafe String(cString: $0.baseAddress.unsafelyUnwrapped) }
    }

    /// Where scratch directories are made.
    static var parent: String {
        let chosen = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
        return chosen.isEmpty ? "/tmp" : chosen
    }

    /// A local socket's name holds 107 bytes: the directory of the run, that of the case and the name in it take up to 47 of them.
    private static var longestParent: Int { 60 }

    /// Makes sure that local sockets can have names beneath ``parent``.
    ///
    /// - Throws: ``WrongUse`` when they would be too long.
    static func checkParent() throws(WrongUse) {
        let count = parent.utf8.count
        if count <= longestParent { return }
        throw WrongUse(
            "TMPDIR is \(count) bytes long, too long for the names of local sockets beneath it; set it to a path of at most \(longestParent) bytes"
        )
    }

    deinit {
        Native.removeTree(at: path)
    }
}
