// The table from native error numbers to portable causes.

import CLinuxIO
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("Error numbers")
struct ErrnoTests {
    @Test(
        "have their portable cause",
        arguments: [
            (EACCES, IOError.Cause.permissionDenied), (EPERM, .permissionDenied), (ENOENT, .notFound), (EEXIST, .alreadyExists),
            (EISDIR, .isDirectory),
            (ENOTDIR, .notDirectory), (ENOTEMPTY, .directoryNotEmpty), (ELOOP, .symbolicLinkLoop), (ENAMETOOLONG, .nameTooLong),
            (EROFS, .readOnly),
            (EXDEV, .crossDevice), (ENOSPC, .noSpace), (EDQUOT, .noSpace), (EFBIG, .fileTooLarge), (EMFILE, .tooManyOpen),
            (ENFILE, .tooManyOpen),
            (ENOMEM, .outOfResources), (ENOBUFS, .outOfResources), (EBUSY, .busy), (ETXTBSY, .busy), (ECONNREFUSED, .connectionRefused),
            (ECONNRESET, .connectionReset), (ECONNABORTED, .connectionReset), (EPIPE, .brokenPipe), (ENOTCONN, .notConnected),
            (EISCONN, .alreadyConnected), (EALREADY, .alreadyConnected), (EADDRINUSE, .addressInUse), (EADDRNOTAVAIL, .addressNotAvailable),
            (EHOSTUNREACH, .unreachable), (ENETUNREACH, .unreachable), (ETIMEDOUT, .connectionTimedOut), (EMSGSIZE, .messageTooLong),
            (EIO, .inputOutput),
            (ENXIO, .noDevice), (ENODEV, .noDevice), (EOPNOTSUPP, .unsupported), (ENOSYS, .unsupported), (EINVAL, .invalidArgument),
            (EBADF, .badHandle),
            (ENOTSOCK, .wrongKind), (ESPIPE, .notSeekable), (EAGAIN, .other),
        ])
    func cause(errno: Int32, cause: IOError.Cause) {
        let error = IOError(errno: errno)
        #expect(error.cause == cause)
        #expect(error.detail == UInt16(errno))
        #expect(IOError(encoded: IOError.encoded(errno: errno)) == error)
    }

    @Test(
        "that stand for an interruption, or that only the kernel knows, are cancelled", arguments: [ECANCELED, EINTR, 512, 513, 516, 530])
    func cancelled(errno: Int32) {
        #expect(IOError(errno: errno).cause == .cancelled)
    }

    @Test("encode as a negative result, for every number there is")
    func encoding() {
        for errno: Int32 in 1...4095 {
            let result = IOError.encoded(errno: errno)
            #expect(result < 0)
            #expect(IOError(encoded: result)?.detail == UInt16(errno))
        }
    }

    @Test("mean something else where the call gives them another meaning")
    func context() {
        let buffered = NativeHandle(number: -1, kind: .file, traits: .reading)
        let direct = NativeHandle(number: -1, kind: .file, traits: [.reading, .direct])
        #expect(IOError(encoded: IOError.encoded(errno: EINVAL, transferOn: direct))?.cause == .misaligned)
        #expect(IOError(encoded: IOError.encoded(errno: EINVAL, transferOn: buffered))?.cause == .invalidArgument)
        #expect(IOError(encoded: IOError.encoded(errno: EXDEV, openingDirect: false))?.cause == .outsideDirectory)
        #expect(IOError(encoded: IOError.encoded(errno: EINVAL, openingDirect: true))?.cause == .unsupported)
    }
}
