// The system calls that cases look for in a trace.

import CConformance

/// A system call, under the kernel's name.
enum SystemCall: String, CaseIterable {
    case read, write, readv, writev, pread64, pwrite64, preadv, pwritev, preadv2, pwritev2, sendfile, splice, tee
    case copy_file_range, open, openat, openat2, creat, close, close_range, fsync, fdatasync, syncfs, sync_file_range
    case msync, stat, fstat, lstat, newfstatat, statx, lseek, truncate, ftruncate, fallocate, recvfrom, recvmsg
    case recvmmsg, sendto, sendmsg, sendmmsg, accept, accept4, connect, shutdown, poll, ppoll, select, pselect6
    case epoll_ctl, epoll_wait, epoll_pwait, epoll_pwait2, io_submit, io_getevents, io_pgetevents, io_uring_enter
    case nanosleep, clock_nanosleep, pause, timer_settime, timerfd_settime, setitimer, alarm
    case getdents, getdents64, readlink, readlinkat, symlink, symlinkat, link, linkat, rename, renameat, renameat2
    case unlink, unlinkat, mkdir, mkdirat, rmdir, fadvise64, readahead, chmod, fchmod, fchmodat, fchmodat2, utime
    case utimes, futimesat, utimensat, flock, fcntl, setsockopt, getsockopt, waitid

    /// Its number on this processor; nil where the processor has none of that name.
    private var number: Int32? {
        let number = unsafe rawValue.withCString { unsafe conformance_system_call_number($0) }
        precondition(number != -2, "The table in C lacks \(rawValue)")
        return number < 0 ? nil : number
    }

    private static let byNumber = Dictionary(
        uniqueKeysWithValues: allCases.compactMap { call in call.number.map { ($0, call) } })

    /// The call with `number` on this processor; nil for one that no case looks for.
    init?(number: Int32) {
        guard let call = Self.byNumber[number] else { return nil }
        self = call
    }
}
