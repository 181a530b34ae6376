// Limits, signals and programs: what a case with `.childProcess` isolation may change in its own process.

import CConformance
import CLinuxIO
import Glibc

/// The timer that counts real time.
private let realTime = __itimer_which_t(ITIMER_REAL.rawValue)

extension Native {
    /// The limits that cases lower.
    public enum Limit: Sendable {
        /// The size of a file, in bytes.
        case fileSize
        /// The number of descriptors.
        case descriptors
        /// The memory that may be locked, in bytes.
        case lockedMemory

        var number: Int32 {
            switch self {
            case .fileSize: LINUXIO_RLIMIT_FSIZE
            case .descriptors: LINUXIO_RLIMIT_NOFILE
            case .lockedMemory: LINUXIO_RLIMIT_MEMLOCK
            }
        }
    }

    /// A limit of this process: what holds, and how far it may be raised.
    public static func limit(_ limit: Limit) throws -> (soft: UInt64, hard: UInt64) {
        var soft: UInt64 = 0
        var hard: UInt64 = 0
        try unsafe check(linuxio_limit(limit.number, &soft, &hard), "cannot read the limit \(limit)")
        return (soft, hard)
    }

    /// Raises a limit of this process as far as it may go.
    static func raiseLimit(_ limit: Limit) throws {
        let hard = try Self.limit(limit).hard
        try check(linuxio_set_limit(limit.number, hard, hard), "cannot raise the limit \(limit)")
    }

    /// Lowers a limit while `body` runs.
    public static func withLimit<Result>(_ limit: Limit, _ soft: UInt64, _ body: () throws -> Result) throws -> Result {
        let before = try Self.limit(limit)
        try check(linuxio_set_limit(limit.number, soft, before.hard), "cannot set the limit \(limit)")
        defer { _ = linuxio_set_limit(limit.number, before.soft, before.hard) }
        return try body()
    }

    /// Interrupts this process with a signal that restarts no call, again and again while `body` runs.
    public static func withInterruptions<Result>(everyMicroseconds interval: Int, _ body: () throws -> Result) throws -> Result {
        try check(linuxio_install_interrupt_handler(SIGALRM), "cannot handle a signal")
        let step = timeval(tv_sec: interval / 1_000_000, tv_usec: interval % 1_000_000)
        var timer = itimerval(it_interval: step, it_value: step)
        try check(unsafe setitimer(realTime, &timer, nil) == 0 ? 0 : -errno, "cannot start a timer")
        defer {
            var off = itimerval()
            unsafe setitimer(realTime, &off, nil)
        }
        return try body()
    }

    /// Gives a signal its default meaning in this process.
    public static func resetSignal(_ number: Int32) {
        signal(number, SIG_DFL)
    }

    /// Makes the named system calls fail with `error` in this process from now on; the numbers are `CONFORMANCE_SYS_…`.
    public static func denySystemCalls(_ numbers: [Int32], error: Int32) throws {
        let result = unsafe numbers.withUnsafeBufferPointer {
            unsafe conformance_deny_system_calls($0.baseAddress.unsafelyUnwrapped, Int32($0.count), error)
        }
        try check(result, "cannot deny system calls")
        // Whatever is proved without the calls would be proved of nothing if they were still to be had.
        for number in numbers where conformance_call_for_nothing(number) != -error {
            throw HarnessProblem("system call \(number) was denied, and does not fail with \(describe(error))")
        }
    }

    /// Makes every start of a thread fail with `error` in this process from now on.
    public static func denyThreads(error: Int32) throws {
        try check(conformance_deny_threads(error), "cannot deny threads")
        if canStartThread { throw HarnessProblem("threads were denied, and can still be started") }
    }

    /// Whether this process can have another thread.
    static var canStartThread: Bool {
        guard let thread = try? BackgroundThread({}) else { return false }
        thread.join()
        return true
    }

    /// Runs a program to its end, and returns its exit code (or minus the signal that ended it) and what it wrote to its output.
    public static func run(_ program: String, _ arguments: [String] = []) throws -> (status: Int32, output: [UInt8]) {
        var ends: [Int32] = [0, 0]
        try unsafe check(linuxio_pipe2(&ends, LINUXIO_O_CLOEXEC), "cannot make a pipe")
        defer { close(ends[0]) }
        let child: pid_t
        do {
            defer { close(ends[1]) }
            child = try ChildProcess.spawn(program, arguments, passing: [1: ends[1]])
        }
        let output = try readToEnd(ends[0])
        return (ChildProcess.wait(for: child), output)
    }
}
