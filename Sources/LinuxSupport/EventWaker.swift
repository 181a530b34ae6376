// What ends a kernel interface's wait: an event counter that any thread may raise.

import CLinuxIO
public import IOSpec
import Synchronization

/// Owns an event counter, close-on-exec and non-blocking, that is closed with the last reference; a wake after the backend is gone
/// is harmless therefore.
///
/// Two kinds of callers raise it: users with ``wake()``, and worker threads with ``signal()``. ``drain()`` tells them apart.
public final class EventWaker: IOWaker {
    /// The event counter's descriptor: readable while a wake or signal has not been drained.
    public let descriptor: Int32

    // True while a user's wake has not been drained. A wake that finds it true has nothing to do: the counter was raised by the
    // wake that set it, and `drain` takes the counter before it takes the flag.
    private let isWoken = Atomic(false)

    /// Makes the event counter.
    ///
    /// - Throws: why there is none, with the native number.
    public init() throws(IOError) {
        let result = linuxio_eventfd(0, LINUXIO_EFD_CLOEXEC | LINUXIO_EFD_NONBLOCK)
        guard result >= 0 else { throw IOError(errno: -result) }
        descriptor = result
    }

    deinit {
        _ = linuxio_close(descriptor)
    }

    /// Wakes the backend for its user.
    public func wake() {
        if isWoken.exchange(true, ordering: .acquiringAndReleasing) { return }
        signal()
    }

    /// Ends the wait without counting as a user's wake: a worker has finished.
    public func signal() {
        // Fails only when the counter is at its largest value, and then it is readable anyway.
        _ = linuxio_eventfd_add(descriptor, 1)
    }

    /// Makes the descriptor unreadable until the next wake or signal, and tells whether a user woke the backend since the last drain.
    public func drain() -> Bool {
        var count: UInt64 = 0
        _ = unsafe linuxio_eventfd_take(descriptor, &count)
        return isWoken.exchange(false, ordering: .acquiringAndReleasing)
    }
}
