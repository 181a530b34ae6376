// What faults do to descriptors behind the backend's back.

import CLinuxIO
import Glibc

/// Direct calls to the system, for faults.
enum NativeFault {
    /// Lets a descriptor reach the programs that the process starts.
    static func leaveOpenOnExec(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, 0)
    }

    /// Clears a status flag of an open file description.
    static func clear(_ flag: Int32, of descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~flag)
    }

    /// Sets a status flag of an open file description.
    static func set(_ flag: Int32, of descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | flag)
    }

    /// A second descriptor that nobody will close, close-on-exec.
    static func leak(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    }

    /// The size of a file.
    static func size(of descriptor: Int32) -> Int64 {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
    }

    /// Whether a descriptor refers to a plain file.
    static func isPlainFile(_ descriptor: Int32) -> Bool {
        linuxio_file_type(descriptor) == S_IFREG
    }

    /// Whether a plain file has no storage at all, as the files that the kernel makes up have.
    static func hasNoSize(_ descriptor: Int32) -> Bool { isPlainFile(descriptor) && size(of: descriptor) == 0 }

    /// Writes one byte into a file.
    static func write(_ byte: UInt8, to descriptor: Int32, at offset: Int64) {
        var byte = byte
        _ = unsafe linuxio_pwrite(descriptor, &byte, 1, offset)
    }

    /// Sets the length of a file.
    static func truncate(_ descriptor: Int32, to length: Int64) {
        _ = linuxio_ftruncate(descriptor, length)
    }

    /// Locks a file if that is possible.
    static func lock(_ descriptor: Int32) { _ = linuxio_flock(descriptor, LINUXIO_LOCK_EXCLUSIVE | LINUXIO_LOCK_TRY) }

    static func close(_ descriptor: Int32) { _ = linuxio_close(descriptor) }

    /// Raises a signal in this process.
    static func raise(_ signal: Int32) { _ = Glibc.raise(signal) }

    /// Starts a thread that never ends.
    static func leakThread() {
        var thread = pthread_t()
        _ = unsafe pthread_create(
            &thread, nil,
            { _ in
                while true { pause() }
            }, nil)
    }

    /// Starts a thread that ends at once.
    static func startThread() { try? BackgroundThread {}.join() }

    /// Has the calling thread wait for a moment.
    static func sleep() { usleep(1000) }

    /// Makes the system forget how children of this process end.
    static func ignoreChildren() { signal(SIGCHLD, SIG_IGN) }

    /// In nanoseconds.
    static var millisecond: Int64 { 1_000_000 }
}
