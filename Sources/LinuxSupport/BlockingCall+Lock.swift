// Locking a file for a handle, and giving the lock up.

import CLinuxIO
import IOSpec

extension BlockingCall {
    /// Whether files can be locked. Found by trying, once a process.
    public static let locks: Bool = probeLocks()

    private static func probeLocks() -> Bool {
        let file = unsafe linuxio_memfd_create("iospec-probe", LINUXIO_MFD_CLOEXEC)
        if file < 0 { return false }
        defer { _ = linuxio_close(file) }
        return linuxio_flock(file, LINUXIO_LOCK_EXCLUSIVE | LINUXIO_LOCK_TRY) == 0
    }

    /// Locks a file if nobody is in the way; `-EWOULDBLOCK` when somebody is. A lock of another mode that the handle held is gone in either case.
    static func tryLock(_ handle: NativeHandle, _ mode: LockMode) -> Int32 {
        repeatingInterrupted { linuxio_flock(handle.number, mode.native | LINUXIO_LOCK_TRY) }
    }

    /// Locks a file, waiting for those who are in the way.
    ///
    /// Waits without bound, until a signal interrupts it and `isStopped` says that it was meant. An interrupted wait has gained nothing; one last
    /// try finds out whether the lock can be had now, since the result wins over the cancellation.
    static func lock(_ handle: NativeHandle, _ mode: LockMode, _ isStopped: () -> Bool) -> Int32 {
        while true {
            let result = linuxio_flock(handle.number, mode.native)
            if result != -EINTR { return encoded(result) }
            if isStopped() { break }
        }
        let result = tryLock(handle, mode)
        return result == -EWOULDBLOCK ? IOError(.cancelled).encoded : encoded(result)
    }

    /// Gives up the lock of a handle, if it has one; never waits.
    static func unlock(_ handle: NativeHandle) -> Int32 {
        encoded(repeatingInterrupted { linuxio_flock(handle.number, LINUXIO_LOCK_NONE) })
    }
}

extension LockMode {
    fileprivate var native: Int32 {
        switch self {
        case .shared: LINUXIO_LOCK_SHARED
        case .exclusive: LINUXIO_LOCK_EXCLUSIVE
        }
    }
}
