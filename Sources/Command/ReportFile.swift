// A file that a report goes to, opened before the run begins and whole or absent after it.

import Conformance
import Glibc

/// A report's destination. A file gets its contents at once, from a temporary file beside it; a pipe or a device is opened once.
final class ReportFile {
    private let path: String
    private let descriptor: Int32
    /// The temporary file, and the file whose place it takes.
    private var replacement: (partial: String, target: String)?

    /// Opens what the report will be written to, and leaves a file's contents alone until there is a report; nil when none is asked for.
    ///
    /// - Throws: ``WrongUse`` with the system's reason.
    init?(_ path: String?, option: String) throws(WrongUse) {
        guard let path else { return nil }
        self.path = path
        if Self.isReplaceable(path) {
            let target = Self.resolved(path)
            let partial = "\(target).partial-\(getpid())"
            replacement = (partial, target)
            let isDenied = unsafe access(target, W_OK) != 0 && errno != ENOENT
            descriptor = isDenied ? -1 : unsafe Glibc.open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        } else {
            descriptor = unsafe Glibc.open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        }
        if descriptor >= 0 { return }
        let reason = Native.describe(errno)
        replacement = nil
        throw WrongUse("the report of \(option) cannot be written to \(path): \(reason)")
    }

    /// Checks that no two options name the same file, of which only the last report would be left.
    ///
    /// - Throws: ``WrongUse`` that names both.
    static func checkDistinct(_ destinations: [(option: String, path: String?)]) throws(WrongUse) {
        var options: [String: String] = [:]
        for (option, path) in destinations {
            guard let path else { continue }
            if let other = options.updateValue(option, forKey: path) {
                throw WrongUse("\(other) and \(option) name the same file, \(path)")
            }
        }
    }

    deinit {
        if let replacement { unsafe unlink(replacement.partial) }
        if descriptor >= 0 { close(descriptor) }
    }

    /// Writes the report; only then has a file other contents.
    ///
    /// - Throws: ``HarnessProblem`` that names the file.
    func write(_ bytes: [UInt8]) throws {
        do {
            try Native.write(bytes, to: descriptor)
        } catch {
            throw HarnessProblem("the report cannot be written to \(path): \(error)")
        }
        guard let replacement else { return }
        guard unsafe rename(replacement.partial, replacement.target) == 0 else {
            throw HarnessProblem("the report cannot be written to \(path): \(Native.describe(errno))")
        }
        self.replacement = nil
    }

    /// Whether `path` names a file or nothing so far. What lies in /dev or /proc names an open file, which must stay the same.
    private static func isReplaceable(_ path: String) -> Bool {
        if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") { return false }
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return errno == ENOENT }
        return status.st_mode & S_IFMT == S_IFREG
    }

    /// The file that `path` leads to, so that a symbolic link stays one.
    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}
