// Whether a write can meet the size limit of this process, which raises a signal in the thread that makes the call.

import CLinuxIO

/// The limit RLIMIT_FSIZE of this process.
public enum FileSizeLimit {
    /// Whether files may not grow without bounds. A system call: ask when a backend is set up and when a path is opened, and not for each write.
    public static var isSet: Bool {
        var soft: UInt64 = 0
        var hard: UInt64 = 0
        let result = unsafe linuxio_limit(LINUXIO_RLIMIT_FSIZE, &soft, &hard)
        return result < 0 || soft != LINUXIO_RLIM_INFINITY
    }
}
