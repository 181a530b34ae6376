// What cases do to names behind a backend's back, and what the system tells of files.

import CLinuxIO
import Glibc

extension Native {
    /// Lets two names change places, in one step; false when the system refuses.
    static func exchange(_ first: String, _ second: String) -> Bool {
        unsafe linuxio_renameat2(LINUXIO_AT_FDCWD, first, LINUXIO_AT_FDCWD, second, LINUXIO_RENAME_EXCHANGE) == 0
    }

    /// Changes the working directory of this process.
    static func changeDirectory(to path: String) throws {
        try unsafe check(chdir(path) == 0 ? 0 : -errno, "cannot change the directory to \(path)")
    }

    /// Makes a socket with a name.
    static func makeSocket(at path: String) throws {
        try unsafe check(mknod(path, S_IFSOCK | 0o644, 0) == 0 ? 0 : -errno, "cannot make the socket \(path)")
    }

    /// Gives a name to a file that may have none, by the number of its descriptor; a native error number, or 0.
    static func giveName(_ path: String, toDescriptor descriptor: Int32) -> Int32 {
        unsafe -linuxio_linkat(LINUXIO_AT_FDCWD, "/proc/self/fd/\(descriptor)", LINUXIO_AT_FDCWD, path, LINUXIO_AT_SYMLINK_FOLLOW)
    }

    /// The times of a file as the system tells them, in nanoseconds since the start of 1970; the birth is 0 where it is not kept.
    static func times(at path: String) throws -> (access: Int64, modification: Int64, change: Int64, birth: Int64) {
        var metadata = linuxio_statx()
        let mask = LINUXIO_STATX_BASIC_STATS | LINUXIO_STATX_BTIME
        let result = unsafe path.withCString { unsafe linuxio_statx(LINUXIO_AT_FDCWD, $0, 0, mask, &metadata) }
        try check(result, "cannot ask for the status of \(path)")
        let moments = [metadata.stx_atime, metadata.stx_mtime, metadata.stx_ctime, metadata.stx_btime]
        let times = moments.map { $0.tv_sec * 1_000_000_000 + Int64($0.tv_nsec) }
        return (times[0], times[1], times[2], times[3])
    }

    /// Whether nobody has locked a file, asked by locking it for a moment.
    static func canLock(_ path: String) throws -> Bool {
        let descriptor = try openDescriptor(path, flags: O_RDONLY)
        defer { close(descriptor) }
        return linuxio_flock(descriptor, LINUXIO_LOCK_EXCLUSIVE | LINUXIO_LOCK_TRY) == 0
    }

    /// Makes `path`, an empty directory, a file system that cannot be written while `body` runs, after `prepare` has made what is in it.
    ///
    /// - Throws: ``Skip`` when this process may not mount.
    static func withReadOnlyStorage<Result>(at path: String, prepare: () throws -> Void, _ body: () throws -> Result) throws -> Result {
        try withSmallStorage(at: path, bytes: 1 << 20) {
            try prepare()
            try unsafe check(mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 ? 0 : -errno, "cannot remount \(path)")
            return try body()
        }
    }
}
