// What a completion of the ring belongs to: the 64 bits of user data that the kernel hands back.

#if URing

/// The slot in the low 32 bits, the purpose above.
struct Ticket: BitwiseCopyable, Hashable {
    /// What was asked of the ring.
    enum Purpose: UInt32 {
        case operation, cancellation, wake, changes
    }

    let rawValue: UInt64

    @inline(__always)
    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    @inline(__always)
    private init(_ purpose: Purpose, slot: UInt32 = 0) {
        rawValue = UInt64(purpose.rawValue) << 32 | UInt64(slot)
    }

    /// The operation in `slot`.
    @inline(__always)
    static func operation(_ slot: UInt32) -> Ticket { Ticket(.operation, slot: slot) }
    /// The request to cancel the operation in `slot`.
    static func cancellation(of slot: UInt32) -> Ticket { Ticket(.cancellation, slot: slot) }
    /// The waker became readable: someone used it, or a worker has finished.
    static var wake: Ticket { Ticket(.wake) }
    /// There are changes for those who watch readiness.
    static var changes: Ticket { Ticket(.changes) }

    @inline(__always)
    var slot: UInt32 { UInt32(truncatingIfNeeded: rawValue) }

    /// Nil for entries that liburing adds by itself on kernels without `IORING_FEAT_EXT_ARG`.
    @inline(__always)
    var purpose: Purpose? { Purpose(rawValue: UInt32(truncatingIfNeeded: rawValue >> 32)) }

    @inline(__always)
    var isOperation: Bool { rawValue >> 32 == 0 }
}

#endif
