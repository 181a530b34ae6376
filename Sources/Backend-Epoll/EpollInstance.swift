// The epoll descriptor and the array that the kernel reports events in.

import CLinuxIO
import IOSpec
import LinuxSupport

/// Owns an epoll instance, close-on-exec, and waits on it.
@safe
struct EpollInstance: ~Copyable {
    /// The most events that one wait reports, however many a program allows: enough that a system call is shared by many of them.
    private static var largestBatch: Int { 256 }

    /// The events that one wait reports at most; the kernel reports the others next time, so that none is starved.
    private let batch: Int
    private let descriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    /// Whether waits are in nanoseconds; else they are in milliseconds, rounded up.
    let waitsInNanoseconds: Bool

    /// Makes an instance whose waits report as many events at a time as the completion queue is to hold.
    init(_ configuration: BackendConfiguration) throws(Unavailability) {
        batch = min(configuration.completionQueue, Self.largestBatch)
        descriptor = linuxio_epoll_create1(LINUXIO_EPOLL_CLOEXEC)
        if descriptor < 0 { throw Unavailability(errno: -descriptor, subject: "epoll_create1", denial: Epoll.denial) }
        unsafe events = .allocate(capacity: batch)
        waitsInNanoseconds = unsafe linuxio_epoll_pwait2(descriptor, events, 1, 0) >= 0
    }

    deinit {
        _ = linuxio_close(descriptor)
        unsafe events.deallocate()
    }

    /// Registers a descriptor for good: an event with `key` comes each time it becomes ready in either direction.
    ///
    /// - Returns: 0, or a negative errno value.
    func add(_ target: Int32, key: UInt64) -> Int32 {
        let interest = LINUXIO_EPOLLIN | LINUXIO_EPOLLOUT | LINUXIO_EPOLLRDHUP | LINUXIO_EPOLLET
        return linuxio_epoll_set(descriptor, LINUXIO_EPOLL_CTL_ADD, target, interest, key)
    }

    /// Registers a descriptor so that an event with `key` comes as long as it is readable.
    ///
    /// - Returns: 0, or a negative errno value.
    func addPersistently(_ target: Int32, key: UInt64) -> Int32 {
        linuxio_epoll_set(descriptor, LINUXIO_EPOLL_CTL_ADD, target, LINUXIO_EPOLLIN, key)
    }

    /// Ends a registration. Closing the descriptor would not, while another process shares what it refers to.
    func remove(_ target: Int32) {
        _ = linuxio_epoll_ctl(descriptor, LINUXIO_EPOLL_CTL_DEL, target, nil)
    }

    /// Waits for events until `deadline`; the number of them, 0 when the time has come or a signal interrupted the wait.
    func wait(until deadline: Instant) -> Int {
        let count = waitsInNanoseconds ? waitInNanoseconds(deadline) : waitInMilliseconds(deadline)
        return Int(max(0, count))
    }

    /// One of the events of the last wait.
    func event(_ index: Int) -> (key: UInt64, ready: UInt32) {
        unsafe (events[index].data.u64, events[index].events)
    }

    private func waitInNanoseconds(_ deadline: Instant) -> Int32 {
        unsafe linuxio_epoll_pwait2(descriptor, events, Int32(batch), Self.nanoseconds(until: deadline))
    }

    private func waitInMilliseconds(_ deadline: Instant) -> Int32 {
        let nanoseconds = Self.nanoseconds(until: deadline)
        // Rounded up, so that no timer fires early; a wait cut short by the clamp is merely repeated.
        let milliseconds = nanoseconds <= 0 ? nanoseconds : (nanoseconds - 1) / 1_000_000 + 1
        return unsafe linuxio_epoll_wait(descriptor, events, Int32(batch), Int32(clamping: milliseconds))
    }

    // Negative means without end.
    private static func nanoseconds(until deadline: Instant) -> Int64 {
        if deadline == .never { return -1 }
        if deadline == .distantPast { return 0 }
        let now = MonotonicClock.now
        // The clock counts from the start of the machine, so neither number is negative and the difference fits.
        return deadline <= now ? 0 : deadline.nanoseconds - now.nanoseconds
    }
}
