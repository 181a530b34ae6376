// The one table from the kernel's error numbers to the portable causes.

import CLinuxIO
public import IOSpec

extension IOError {
    /// The error for a positive errno value, which is kept as detail (clauses `result.portable`, `result.detail`).
    ///
    /// An interrupted call is `.cancelled`: whoever was not asked to stop has repeated it before it gets here. So are the
    /// numbers from 512 on, with which the kernel tells itself to restart a call.
    public init(errno: Int32) {
        self.init(Self.cause(errno: errno), detail: UInt16(truncatingIfNeeded: errno))
    }

    /// The result of a completion for a positive errno value.
    public static func encoded(errno: Int32) -> Int32 {
        IOError(errno: errno).encoded
    }

    /// As ``encoded(errno:)``, for a positional transfer on `handle`: only there does an invalid argument of a direct
    /// transfer mean that it was not aligned (clause `file.direct-alignment`).
    public static func encoded(errno: Int32, transferOn handle: NativeHandle) -> Int32 {
        if errno == EINVAL, handle.traits.contains(.direct) { return IOError(.misaligned, detail: UInt16(EINVAL)).encoded }
        return encoded(errno: errno)
    }

    /// As ``encoded(errno:)``, for taking storage or giving it back: what has no storage, as most devices, says that it is no such device.
    public static func encoded(errnoOfSpace errno: Int32) -> Int32 {
        encoded(errno: errno == ENODEV ? EOPNOTSUPP : errno)
    }

    /// As ``encoded(errno:)``, for a path that was resolved beneath a directory: there a crossing is an escape (clause `path.beneath`).
    ///
    /// `direct` tells that transfers around the cache were asked for, which a file system without them refuses as an invalid argument.
    public static func encoded(errno: Int32, openingDirect direct: Bool) -> Int32 {
        if errno == EXDEV { return IOError(.outsideDirectory, detail: UInt16(EXDEV)).encoded }
        if errno == EINVAL, direct { return IOError(.unsupported, detail: UInt16(EINVAL)).encoded }
        return encoded(errno: errno)
    }

    /// As ``encoded(errno:)``, for a send on `handle`: the kernel says broken pipe also for an internet stream that was never
    /// connected, which is `.notConnected` (clause `stream.not-connected`).
    public static func encoded(errno: Int32, sendOn handle: NativeHandle) -> Int32 {
        let neverConnected = errno == EPIPE && handle.kind == .stream && Acquisition.wasNeverConnected(handle)
        return encoded(errno: neverConnected ? ENOTCONN : errno)
    }

    private static func cause(errno: Int32) -> Cause {
        if errno >= 512 { return .cancelled }
        return argumentCause(errno: errno) ?? pathCause(errno: errno) ?? resourceCause(errno: errno) ?? streamCause(errno: errno) ?? .other
    }

    private static func argumentCause(errno: Int32) -> Cause? {
        switch errno {
        case EINVAL, EFAULT, E2BIG, EDOM, ERANGE: .invalidArgument
        case EBADF: .badHandle
        case ENOTSOCK, ENOTTY: .wrongKind
        case ESPIPE: .notSeekable
        case EOPNOTSUPP, ENOSYS, EAFNOSUPPORT, EPROTONOSUPPORT, ESOCKTNOSUPPORT, EPFNOSUPPORT, ENOPROTOOPT, EPROTOTYPE: .unsupported
        case ECANCELED, EINTR: .cancelled
        default: nil
        }
    }

    private static func pathCause(errno: Int32) -> Cause? {
        switch errno {
        case ENOENT, ESRCH, ECHILD: .notFound
        case EEXIST: .alreadyExists
        case EISDIR: .isDirectory
        case ENOTDIR: .notDirectory
        case ENOTEMPTY: .directoryNotEmpty
        case ELOOP: .symbolicLinkLoop
        case ENAMETOOLONG: .nameTooLong
        case EACCES, EPERM: .permissionDenied
        case EROFS: .readOnly
        case EXDEV: .crossDevice
        case EBUSY, ETXTBSY: .busy
        default: nil
        }
    }

    private static func resourceCause(errno: Int32) -> Cause? {
        switch errno {
        case ENOSPC, EDQUOT: .noSpace
        case EFBIG, EOVERFLOW: .fileTooLarge
        case EMFILE, ENFILE, ETOOMANYREFS: .tooManyOpen
        case ENOMEM, ENOBUFS, ENOLCK, EUSERS, EMLINK: .outOfResources
        case EIO, EREMOTEIO, EUCLEAN, ESTALE, EMEDIUMTYPE: .inputOutput
        case ENXIO, ENODEV, ENOMEDIUM: .noDevice
        default: nil
        }
    }

    private static func streamCause(errno: Int32) -> Cause? {
        switch errno {
        case ECONNREFUSED: .connectionRefused
        case ECONNRESET, ECONNABORTED, ENETRESET: .connectionReset
        case EPIPE, ESHUTDOWN: .brokenPipe
        case ENOTCONN, EDESTADDRREQ: .notConnected
        case EISCONN, EALREADY: .alreadyConnected
        case EADDRINUSE: .addressInUse
        case EADDRNOTAVAIL: .addressNotAvailable
        case EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN: .unreachable
        case ETIMEDOUT: .connectionTimedOut
        case EMSGSIZE: .messageTooLong
        default: nil
        }
    }
}
