// What only the system can do to descriptors: those of a backend, found by looking, and those of a case.

import CLinuxIO
import Glibc

extension Native {
    /// The descriptors that `body` has opened and left open, of those whose target begins with `prefix`, in rising order.
    static func descriptors<Result>(_ prefix: String, madeBy body: () throws -> Result) throws -> (result: Result, numbers: [Int32]) {
        let before = try openDescriptors()
        let result = try body()
        let made = try openDescriptors().filter { before[$0.key] != $0.value && $0.value.hasPrefix(prefix) }
        return (result, made.keys.sorted())
    }

    /// Sets the mode in which no call on a descriptor waits.
    static func setNonBlocking(_ descriptor: Int32) throws {
        try check(linuxio_set_nonblocking(descriptor, 1), "cannot change the mode of descriptor \(descriptor)")
    }

    /// Whether no call on a descriptor waits.
    static func isNonBlocking(_ descriptor: Int32) throws -> Bool {
        try check(linuxio_status_flags(descriptor), "cannot ask for the mode of descriptor \(descriptor)") & O_NONBLOCK != 0
    }

    /// Sets the time after which a receive call on a socket gives up.
    static func setReceiveLimit(_ descriptor: Int32, milliseconds: Int) throws {
        var limit = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        let result = unsafe linuxio_setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        try check(result, "cannot set the limit of descriptor \(descriptor)")
    }

    /// Sends one byte to a socket or pipe, and raises no signal when its peer is gone; whether it was sent.
    static func sendByte(_ byte: UInt8, to descriptor: Int32) -> Bool {
        var byte = byte
        let sent = unsafe linuxio_send(descriptor, &byte, 1, LINUXIO_MSG_NOSIGNAL)
        if sent != -Int(ENOTSOCK) { return sent == 1 }
        return unsafe linuxio_write(descriptor, &byte, 1) == 1
    }

    /// A second descriptor of the same open file, which the caller closes.
    static func duplicate(_ descriptor: Int32) throws -> Int32 {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        return try check(copy < 0 ? -errno : copy, "cannot duplicate descriptor \(descriptor)")
    }

    /// Brings a file to storage and out of the cache, as far as the system follows the advice.
    static func forgetCache(ofFileAt path: String) throws {
        let descriptor = try openDescriptor(path, flags: O_RDONLY)
        defer { close(descriptor) }
        try check(fsync(descriptor) == 0 ? 0 : -errno, "cannot synchronize \(path)")
        try check(-posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED), "cannot advise about \(path)")
    }

    /// Sets storage aside for a stretch of a file, which grows to its end; false where the file system cannot.
    static func setAside(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool {
        try allocate(count, at: offset, mode: 0, ofFileAt: path)
    }

    /// Gives the storage of a stretch of a file back; false where the file system cannot.
    static func giveBack(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool {
        try allocate(count, at: offset, mode: LINUXIO_FALLOC_FL_PUNCH_HOLE | LINUXIO_FALLOC_FL_KEEP_SIZE, ofFileAt: path)
    }

    private static func allocate(_ count: Int, at offset: Int, mode: Int32, ofFileAt path: String) throws -> Bool {
        let descriptor = try openDescriptor(path, flags: O_RDWR)
        defer { close(descriptor) }
        let result = linuxio_fallocate(descriptor, mode, Int64(offset), Int64(count))
        if result == -EOPNOTSUPP { return false }
        try check(result, "cannot change the storage of \(path)")
        return true
    }

    /// Opens the other side of the terminal whose controlling side is `descriptor`; the caller closes it.
    static func openTerminal(controlledBy descriptor: Int32) throws -> Int32 {
        try check(linuxio_open_terminal(descriptor), "cannot open the other side of a terminal")
    }

    /// Waits without sleeping; of a longer wait only the end keeps the processor from other threads.
    static func spin(nanoseconds: Int64) {
        if nanoseconds <= 0 { return }
        let end = clock + nanoseconds
        while true {
            let left = end - clock
            if left <= 0 { return }
            if left > 50_000 { sched_yield() }
        }
    }
}
