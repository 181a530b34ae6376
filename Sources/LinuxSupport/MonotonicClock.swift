// The clock of every deadline.

import CLinuxIO
public import IOSpec

/// The kernel's CLOCK_MONOTONIC, which `epoll_pwait2`, io_uring timeouts and the worker pool count on too.
public enum MonotonicClock {
    /// The present.
    public static var now: Instant {
        Instant(nanoseconds: linuxio_monotonic_nanoseconds())
    }
}
