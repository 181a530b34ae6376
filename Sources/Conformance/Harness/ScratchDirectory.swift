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
        unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    }

    deinit {
        Native.removeTree(at: path)
    }
}
