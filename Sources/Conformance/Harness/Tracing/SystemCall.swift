// The system calls that cases look for in a trace.

import CConformance

/// A system call, under the kernel's name.
enum SystemCall: String, CaseIterable {
    case read, write, readv, writev, pread64, pwrite64, preadv, pwritev, preadv2, pwritev2, sendfile, splice, tee
    case copyFileRange = "copy_file_range"
    case open, openat, openat2, creat, close
    case closeRange = "close_range"
    case fsync, fdatasync
    case syncfs
    case syncFileRange = "sync_file_range"
    case msync, stat, fstat, lstat, newfstatat, statx, lseek, truncate, ftruncate
    case fallocate, recvfrom, recvmsg, recvmmsg, sendto, sendmsg, sendmmsg, accept, accept4, connect, shutdown, poll, ppoll
    case select, pselect6
    case epollCtl = "epoll_ctl"
    case epollWait = "epoll_wait"
    case epollPwait = "epoll_pwait"
    case epollPwait2 = "epoll_pwait2"
    case ioSubmit = "io_submit"
    case ioGetevents = "io_getevents"
    case ioPgetevents = "io_pgetevents"
    case ioUringEnter = "io_uring_enter"
    case nanosleep
    case clockNanosleep = "clock_nanosleep"
    case pause
    case timerSettime = "timer_settime"
    case timerfdSettime = "timerfd_settime"
    case setitimer, alarm, getdents, getdents64, readlink, readlinkat, symlink, symlinkat
    case link, linkat, rename, renameat, renameat2, unlink, unlinkat, mkdir, mkdirat, rmdir, fadvise64, readahead, chmod, fchmod
    case fchmodat, fchmodat2, utime, utimes, futimesat, utimensat, flock, fcntl, setsockopt, getsockopt, waitid

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
