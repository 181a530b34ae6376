// Surroundings that a process can have for good: interruptions, one processor, other descriptors, another user.

import CConformance
import CLinuxIO
import Glibc

extension Native {
    /// The user and the group that own nothing.
    private static var nobody: UInt32 { 65_534 }

    /// Interrupts the calling thread, and no other one, with a signal that restarts no call, until the process ends.
    static func interruptThisThread(everyMicroseconds interval: Int64) throws {
        let signal = linuxio_sigrtmin()
        try check(linuxio_install_interrupt_handler(signal), "cannot handle a signal")
        try check(conformance_signal_thread_periodically(signal, interval * 1000), "cannot start a timer")
    }

    /// Confines the calling thread, and those that it will start, to one of the processors that it may use.
    ///
    /// Which one is left to the number of the process, so that processes beside each other share the load.
    static func confineToOneProcessor() throws {
        var words = [UInt64](repeating: 0, count: 1024)
        let bytes = words.count * MemoryLayout<UInt64>.stride
        try unsafe check(conformance_allowed_processors(&words, bytes), "cannot tell the processors")
        let allowed = (0..<64 * words.count).filter { words[$0 / 64] >> ($0 % 64) & 1 == 1 }
        guard !allowed.isEmpty else { throw HarnessProblem("no processor is allowed") }
        let chosen = allowed[Int(getpid()) % allowed.count]
        try check(conformance_pin_to_processor(Int32(chosen)), "cannot use processor \(chosen) alone")
    }

    /// Lowers a limit of this process unless it is as low already; `forGood` also takes the right to raise it again.
    static func lowerLimit(_ limit: Limit, to value: UInt64, forGood: Bool = false) throws {
        let before = try Self.limit(limit)
        let hard = forGood ? min(before.hard, value) : before.hard
        try check(linuxio_set_limit(limit.number, min(before.soft, value), hard), "cannot lower the limit \(limit)")
    }

    /// Takes every free number below `bound`, so that no other descriptor gets one.
    static func occupyDescriptors(below bound: Int32) throws {
        let null = try openDescriptor("/dev/null", flags: O_RDONLY)
        var last = null
        while last < bound { last = try check(fcntl(null, F_DUPFD_CLOEXEC, 0), "cannot occupy a descriptor") }
        close(last)
    }

    /// Makes this process that of a user without privileges, for good; one that has none already stays what it is.
    ///
    /// - Throws: ``Skip`` when it may not.
    static func becomeOrdinaryUser() throws {
        guard isSuperuser else { return }
        let result = conformance_become_user(nobody)
        if result == -EPERM { throw Skip(reason: .privilege, "cannot become another user") }
        try check(result, "cannot become another user")
        // Another user forgets what was asked of the parent.
        _ = conformance_die_with_parent()
    }

    /// Lets the user of ``becomeOrdinaryUser()`` use a directory, if this process may do that; if not, that user will find out.
    static func giveToOrdinaryUser(_ directory: String) {
        if isSuperuser { unsafe chown(directory, nobody, nobody) }
    }
}
