// The closed set of portable causes that an operation can fail with.

/// Why an operation failed.
///
/// Two errors are equal when their causes are: the native number is carried for people to read and never tested for
/// (clause `result.portable`).
public struct IOError: Error, BitwiseCopyable, Hashable, Sendable {
    /// The portable causes. The set is closed: no backend ever reports anything else.
    public enum Cause: UInt8, BitwiseCopyable, Sendable, CaseIterable {
        /// An argument that is wrong on every backend: a negative offset, too long a transfer, an unknown option.
        case invalidArgument = 1
        /// The handle is closed, stale, or was never given out.
        case badHandle
        /// The operation has no meaning on this kind of handle.
        case wrongKind
        /// The handle was not opened for this direction.
        case wrongAccess
        /// A positional operation on what has no position.
        case notSeekable
        /// A direct transfer whose memory, offset or length is not aligned.
        case misaligned
        /// No such name.
        case notFound
        /// The name exists already.
        case alreadyExists
        /// A directory where none may be.
        case isDirectory
        /// Not a directory where one must be.
        case notDirectory
        /// The directory still holds names.
        case directoryNotEmpty
        /// Too many symbolic links, or one where none may be.
        case symbolicLinkLoop
        /// A path or a component is too long.
        case nameTooLong
        /// The path leads out of the directory that it is resolved beneath.
        case outsideDirectory
        /// Not allowed.
        case permissionDenied
        /// The file system is read-only.
        case readOnly
        /// Two names on different file systems.
        case crossDevice
        /// No storage left, or over quota.
        case noSpace
        /// The file would exceed a size limit.
        case fileTooLarge
        /// Too many open handles, in the process or the system.
        case tooManyOpen
        /// The system has no memory or other resource for the operation.
        case outOfResources
        /// In use in a way that excludes the operation.
        case busy
        /// Nobody listens there.
        case connectionRefused
        /// The peer or the network broke the connection.
        case connectionReset
        /// The peer does not read any more, or the sending half was shut down.
        case brokenPipe
        /// The stream is not connected.
        case notConnected
        /// The stream is connected, or connecting, already.
        case alreadyConnected
        /// The address is in use.
        case addressInUse
        /// The address is not one of this machine.
        case addressNotAvailable
        /// There is no way to the peer.
        case unreachable
        /// The peer did not answer in the network's own time.
        case connectionTimedOut
        /// A message larger than the transport carries.
        case messageTooLong
        /// The device failed.
        case inputOutput
        /// No such device.
        case noDevice
        /// This backend cannot do the operation here.
        case unsupported
        /// The deadline came first, and nothing was moved.
        case timedOut
        /// Cancelled, and nothing was moved.
        case cancelled
        /// Bytes wait, and no buffer of the pool is left for them.
        case noBuffers
        /// A native error that the set has no word for; the detail tells which.
        case other
    }

    /// The portable cause.
    public let cause: Cause

    /// The native error number, or 0 when the error did not come from the system; at most 32,767.
    public let detail: UInt16

    /// An error with a portable cause, and the native number if there was one.
    public init(_ cause: Cause, detail: UInt16 = 0) {
        self.cause = cause
        self.detail = detail & 0x7fff
    }

    public static func == (left: IOError, right: IOError) -> Bool {
        left.cause == right.cause
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(cause)
    }

    /// The error as the result of a completion: negative, the cause in the low 8 bits of its magnitude.
    public var encoded: Int32 {
        -(Int32(detail) << 8 | Int32(cause.rawValue))
    }

    /// The error that `result` encodes, or nil when it is not negative or encodes none.
    public init?(encoded result: Int32) {
        guard result < 0, result != .min else { return nil }
        guard let cause = Cause(rawValue: UInt8(truncatingIfNeeded: -result)) else { return nil }
        self.init(cause, detail: UInt16(truncatingIfNeeded: -result >> 8))
    }
}
