// Names and contents of files, made and read without a backend.

import CLinuxIO
import Glibc

extension Native {
    /// Makes a pipe with a name.
    public static func makeNamedPipe(at path: String, permissions: UInt16 = 0o644) throws {
        try unsafe check(mkfifo(path, mode_t(permissions)) == 0 ? 0 : -errno, "cannot make the named pipe \(path)")
    }

    /// Makes a symbolic link that holds `target`.
    public static func makeSymbolicLink(to target: String, at path: String) throws {
        try unsafe check(linuxio_symlinkat(target, LINUXIO_AT_FDCWD, path), "cannot make the symbolic link \(path)")
    }

    /// Gives the file at `existing` another name.
    public static func makeHardLink(of existing: String, at path: String) throws {
        try unsafe check(linuxio_linkat(LINUXIO_AT_FDCWD, existing, LINUXIO_AT_FDCWD, path, 0), "cannot link \(existing) to \(path)")
    }

    /// Makes a directory.
    public static func makeDirectory(at path: String, permissions: UInt16 = 0o755) throws {
        try unsafe check(linuxio_mkdirat(LINUXIO_AT_FDCWD, path, mode_t(permissions)), "cannot make the directory \(path)")
    }

    /// Sets the permissions of a file.
    public static func setPermissions(_ permissions: UInt16, at path: String) throws {
        try unsafe check(chmod(path, mode_t(permissions)) == 0 ? 0 : -errno, "cannot set the permissions of \(path)")
    }

    /// Removes a name.
    public static func remove(at path: String) throws {
        try unsafe check(linuxio_unlinkat(LINUXIO_AT_FDCWD, path, 0), "cannot remove \(path)")
    }

    /// Whether there is something at `path`, itself a link or not.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// What a symbolic link holds, or nil when there is none.
    public static func target(ofLink path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 4096)
        let count = unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe linuxio_readlinkat(LINUXIO_AT_FDCWD, path, $0.baseAddress.unsafelyUnwrapped, $0.count)
        }
        return count < 0 ? nil : String(decoding: bytes.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Opens a file and returns its descriptor, which the caller closes; `flags` are native.
    public static func openDescriptor(_ path: String, flags: Int32, permissions: UInt16 = 0o644) throws -> Int32 {
        try check(
            repeatingInterrupted { unsafe linuxio_openat(LINUXIO_AT_FDCWD, path, flags | LINUXIO_O_CLOEXEC, mode_t(permissions)) },
            "cannot open \(path)")
    }

    /// Closes a descriptor.
    public static func close(_ descriptor: Int32) {
        _ = linuxio_close(descriptor)
    }

    /// All that can be read from a descriptor, up to its end.
    public static func readToEnd(_ descriptor: Int32) throws -> [UInt8] {
        var contents: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw HarnessProblem("cannot read descriptor \(descriptor): \(describe(errno))") }
            if count == 0 { return contents }
            contents += piece.prefix(count)
        }
    }

    /// Writes all of `bytes` to a descriptor.
    public static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw HarnessProblem("cannot write descriptor \(descriptor): \(describe(errno))") }
            written += count
        }
    }

    /// The contents of a file.
    public static func contents(at path: String) throws -> [UInt8] {
        let descriptor = try openDescriptor(path, flags: O_RDONLY)
        defer { close(descriptor) }
        return try readToEnd(descriptor)
    }

    /// Makes or replaces a file.
    public static func makeFile(at path: String, contents: [UInt8] = []) throws {
        let descriptor = try openDescriptor(path, flags: O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        try write(contents, to: descriptor)
    }

    /// Removes a directory and all that is in it; what cannot be removed is left.
    static func removeTree(at path: String) {
        if unsafe linuxio_unlinkat(LINUXIO_AT_FDCWD, path, LINUXIO_AT_REMOVEDIR) == 0 { return }
        for name in (try? names(in: path)) ?? [] where unsafe linuxio_unlinkat(LINUXIO_AT_FDCWD, "\(path)/\(name)", 0) != 0 {
            removeTree(at: "\(path)/\(name)")
        }
        _ = unsafe linuxio_unlinkat(LINUXIO_AT_FDCWD, path, LINUXIO_AT_REMOVEDIR)
    }
}
