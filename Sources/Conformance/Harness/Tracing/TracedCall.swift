// One system call that was seen from outside.

import CLinuxIO
import Glibc

/// A call that a thread of this process made.
struct TracedCall {
    /// Which one; nil for one that no case looks for.
    let call: SystemCall?
    /// The kernel's number of the thread.
    let thread: Int32
    /// The arguments, as the kernel got them.
    let arguments: [UInt64]
    /// When it began, on the suite's clock.
    let begin: Int64
    /// What the kernel returned; nil while it was under way at the end of the trace.
    var result: Int64?

    /// The kernel's numbers of F_SETLK, F_SETLKW, F_OFD_SETLK and F_OFD_SETLKW, the last two of which the C library keeps to itself.
    private static let lockingCommands: Set<UInt64> = [6, 7, 37, 38]

    /// The descriptor that most calls begin with.
    var descriptor: Int32 { Int32(truncatingIfNeeded: arguments[0]) }

    /// Whether the call did what it was to do, or has begun what goes on by itself.
    var isDone: Bool {
        guard let result else { return false }
        return result >= 0 || (call == .connect && result == -Int64(EINPROGRESS))
    }

    /// Whether it has to do with locks; of one call, most commands have not.
    var isLocking: Bool {
        switch call {
        case .flock: true
        case .fcntl: Self.lockingCommands.contains(arguments[1])
        default: false
        }
    }

    /// Whether its flags forbid it to wait.
    var isTry: Bool {
        switch call {
        case .preadv2, .pwritev2: arguments[5] & UInt64(LINUXIO_RWF_NOWAIT) != 0
        case .flock: arguments[1] & UInt64(LINUXIO_LOCK_TRY) != 0
        default: false
        }
    }

    /// Whether it may have the thread wait.
    var waits: Bool {
        switch call {
        case .nanosleep, .clockNanosleep, .pause: true
        case .poll: arguments[2] != 0
        case .ppoll: arguments[2] == 0
        case .select, .pselect6: arguments[4] == 0
        case .epollWait, .epollPwait: arguments[3] != 0
        case .epollPwait2: arguments[3] == 0
        case .ioGetevents, .ioPgetevents: arguments[1] != 0 && arguments[4] == 0
        case .ioUringEnter: arguments[2] != 0
        default: false
        }
    }

    /// Whether it hands operations to an asynchronous interface.
    var submits: Bool {
        switch call {
        case .ioSubmit: true
        case .ioUringEnter: arguments[1] != 0
        default: false
        }
    }

    /// Whether it belongs to an interface that does operations, or tells when they can be done.
    var isOfInterface: Bool {
        switch call {
        case .ioUringEnter, .ioSubmit, .ioGetevents, .ioPgetevents: true
        default: false
        }
    }

    /// Whether it belongs to an interface that tells what is ready.
    var tellsReadiness: Bool {
        switch call {
        case .poll, .ppoll, .select, .pselect6, .epollCtl, .epollWait, .epollPwait, .epollPwait2: true
        default: isOfInterface
        }
    }
}
