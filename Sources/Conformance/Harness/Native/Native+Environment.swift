// Surroundings that only the superuser can make: little storage, no network, and the eyes of an ordinary user.

import CConformance
import Glibc

extension Native {
    /// Lets `body` use `path`, an empty directory, as a file system of `bytes` bytes. Afterwards the file system goes with its last open handle.
    ///
    /// - Throws: ``Skip`` when this process may not mount.
    public static func withSmallStorage<Result>(at path: String, bytes: Int, _ body: () throws -> Result) throws -> Result {
        guard unsafe mount("tmpfs", path, "tmpfs", 0, "size=\(bytes)") == 0 else {
            throw Skip(reason: .privilege, "cannot mount a small file system: \(describe(errno))")
        }
        defer { unsafe umount2(path, Int32(MNT_DETACH)) }
        return try body()
    }

    /// Runs `body` with the rights of a user who owns nothing; only for cases with a process of their own.
    public static func asOrdinaryUser<Result>(_ body: () throws -> Result) throws -> Result {
        guard isSuperuser else { return try body() }
        try check(seteuid(65_534) == 0 ? 0 : -errno, "cannot become another user")
        defer { seteuid(0) }
        return try body()
    }

    /// Leaves the calling thread without a network, for good: nothing is reachable for the sockets that it makes from now on.
    ///
    /// - Throws: ``Skip`` when this process may not, or the kernel cannot.
    public static func leaveNetwork() throws {
        let result = conformance_leave_network()
        if result == -EPERM { throw Skip(reason: .privilege, "cannot leave the network") }
        if result == -EINVAL || result == -ENOSYS { throw Skip(reason: .kernel("it has no networks beside each other"), "") }
        try check(result, "cannot leave the network")
    }

    /// Gives the signal that a file of too great a size raises its default meaning: the end of this process.
    public static func restoreFileSizeSignal() {
        resetSignal(SIGXFSZ)
    }
}
