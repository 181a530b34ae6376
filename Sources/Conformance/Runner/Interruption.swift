// Ctrl-C: the run ends its children and cleans up before it ends itself.

import Glibc
import Synchronization

/// Whether a person asked this process to end.
public enum Interruption {
    /// Thrown out of a run that was interrupted; its children have ended.
    public struct Requested: Error {
        /// The signal that asked.
        public let signal: Int32

        /// The exit code by which a shell knows a program that this signal ended.
        public var exitCode: Int32 { 128 + signal }
    }

    /// The signal that came, or 0.
    private static let received = Atomic<Int32>(0)

    /// Ends the current run once a signal has asked for it.
    static func check() throws(Requested) {
        let number = received.load(ordering: .relaxed)
        if number != 0 { throw Requested(signal: number) }
    }

    /// Makes SIGINT, SIGTERM and SIGHUP end the current run instead of this process, and a reader that goes away a failed write.
    /// Called once, before any run.
    public static func install() {
        // The handler may only touch what exists already.
        received.store(0, ordering: .relaxed)
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let previous = signal(number) { Interruption.received.store($0, ordering: .relaxed) }
            // Who started this with nohup wants it to outlive the terminal.
            if number == SIGHUP, isIgnoring(previous) { signal(number, SIG_IGN) }
        }
    }

    /// Handlers cannot be compared, their addresses can.
    private static func isIgnoring(_ handler: __sighandler_t?) -> Bool {
        unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
