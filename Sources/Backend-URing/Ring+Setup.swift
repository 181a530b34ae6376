// Setting a ring up with the best flags that this kernel takes, found by trying.

#if URing

import CLiburing
import Glibc
import IOSpec
import LinuxSupport

extension Ring {
    /// Sets a ring up, and sends one request around: a policy may allow the one and deny the other.
    ///
    /// - Throws: why the kernel gives none to this process.
    static func setUp(_ configuration: BackendConfiguration) throws(Unavailability) -> Ring {
        let ring = UnsafeMutablePointer<io_uring>.allocate(capacity: 1)
        unsafe ring.initialize(to: io_uring())
        var flags: UInt32 = 0
        var features: UInt32 = 0
        let errno = unsafe setUpOnceThereIsMemory(ring, configuration, flags: &flags, features: &features)
        if errno != 0 {
            unsafe ring.deallocate()
            throw unavailability(errno: errno, of: "io_uring_setup")
        }
        let made = unsafe Ring(adopting: ring, setupFlags: flags, features: features)
        try made.checkFeatures()
        try made.checkEntering()
        return made
    }

    /// How long the memory of rings that are gone may stay locked, in nanoseconds: the kernel takes them apart later, and tells nobody.
    private static var patience: Int64 { 1_000_000_000 }

    /// Tries until there is room below the limit of locked memory, which all processes of a user share, or it is clear that there will be none.
    private static func setUpOnceThereIsMemory(
        _ ring: UnsafeMutablePointer<io_uring>, _ configuration: BackendConfiguration, flags: inout UInt32, features: inout UInt32
    ) -> Int32 {
        let end = MonotonicClock.now.advanced(byNanoseconds: patience)
        while true {
            let errno = unsafe setUp(ring, configuration, flags: &flags, features: &features)
            if errno != ENOMEM || MonotonicClock.now >= end { return errno }
            _ = poll(nil, 0, 1)
        }
    }

    /// Tries one set of flags after the other; the errno value of the last try, or 0.
    private static func setUp(
        _ ring: UnsafeMutablePointer<io_uring>, _ configuration: BackendConfiguration, flags: inout UInt32, features: inout UInt32
    ) -> Int32 {
        var errno: Int32 = 0
        for candidate in candidates {
            var parameters = parameters(candidate, configuration)
            errno = unsafe -io_uring_queue_init_params(UInt32(configuration.submissionQueue), ring, &parameters)
            flags = candidate
            features = parameters.features
            // Only an invalid argument means that the kernel does not know a flag.
            if errno != EINVAL { break }
        }
        return errno
    }

    /// From what this backend wants most to what every kernel has. One thread submits and completes; work is done when it waits and not by
    /// interrupting it; and one bad entry does not hold up those behind it.
    private static var candidates: [UInt32] {
        let sizes = CLIBURING_SETUP_CLAMP | CLIBURING_SETUP_CQSIZE
        let steady = sizes | CLIBURING_SETUP_SUBMIT_ALL
        return [
            steady | CLIBURING_SETUP_SINGLE_ISSUER | CLIBURING_SETUP_DEFER_TASKRUN | CLIBURING_SETUP_TASKRUN_FLAG,
            steady | CLIBURING_SETUP_COOP_TASKRUN | CLIBURING_SETUP_TASKRUN_FLAG,
            steady,
            sizes,
            0,
        ]
    }

    private static func parameters(_ flags: UInt32, _ configuration: BackendConfiguration) -> io_uring_params {
        var parameters = io_uring_params()
        parameters.flags = flags
        // The kernel wants the completion queue to be no smaller than the submission queue.
        parameters.cq_entries = UInt32(max(configuration.completionQueue, configuration.submissionQueue))
        return parameters
    }

    /// Completions beyond the queue are kept by the kernel: the backend counts on that instead of refusing operations, since those in flight may all be waiting for
    /// the one that would be refused.
    private func checkFeatures() throws(Unavailability) {
        if features & CLIBURING_FEAT_NODROP != 0 { return }
        throw Unavailability(.missing, subject: "IORING_FEAT_NODROP", remedy: "Run on Linux 5.5 or later, or choose another backend.")
    }

    /// - Throws: what the kernel says about entering.
    private func checkEntering() throws(Unavailability) {
        _ = push(Request(.nop), .operation(0))
        var refusals = 0
        while readyCount == 0 {
            let errno = -enterAndWaitReporting()
            if errno <= 0 || errno == EINTR { continue }
            refusals += 1
            // Memory may be short for a moment; what stays is a policy that says so, or a system that cannot.
            if errno != EAGAIN || refusals == 100 { throw Self.unavailability(errno: errno, of: "io_uring_enter") }
        }
        advance(1)
    }

    /// Why a system call of io_uring failed, and what to do.
    static func unavailability(errno: Int32, of call: String) -> Unavailability {
        switch errno {
        case ENOMEM:
            Unavailability(
                .outOfLimits, subject: call, detail: UInt16(ENOMEM),
                remedy: "Raise the limit of locked memory (ulimit -l), or configure smaller queues.")
        case EINVAL:
            Unavailability(
                .invalidConfiguration, subject: call, detail: UInt16(EINVAL),
                remedy: "Configure queues that this kernel takes, or choose another backend.")
        default:
            Unavailability(errno: errno, subject: call, denial: URing.denial)
        }
    }
}

#endif
