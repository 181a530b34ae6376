// Descriptors that another process might have made and passed.

import CLinuxIO
import Glibc
import IOSpec

extension Native {
    /// A pipe whose calls wait; the caller closes both ends.
    static func blockingPipe() throws -> (reader: Int32, writer: Int32) {
        var ends: [Int32] = [0, 0]
        try unsafe check(linuxio_pipe2(&ends, LINUXIO_O_CLOEXEC), "cannot make a pipe")
        return (ends[0], ends[1])
    }

    /// A named pipe that is open for both, whose calls wait; the caller closes it.
    static func blockingNamedPipe(at path: String) throws -> Int32 {
        try makeNamedPipe(at: path)
        return try openDescriptor(path, flags: O_RDWR)
    }

    /// Two connected streams whose calls wait; the caller closes both.
    static func blockingStreams() throws -> (first: Int32, second: Int32) {
        var ends: [Int32] = [0, 0]
        try unsafe check(
            linuxio_socketpair(AF_UNIX, LINUXIO_SOCK_STREAM | LINUXIO_SOCK_CLOEXEC, 0, &ends), "cannot make a pair of streams")
        return (ends[0], ends[1])
    }

    /// A listener at a local address whose calls wait; the caller closes it.
    static func blockingListener(at address: SocketAddress) throws -> Int32 {
        let descriptor = try check(linuxio_socket(AF_UNIX, LINUXIO_SOCK_STREAM | LINUXIO_SOCK_CLOEXEC, 0), "cannot make a socket")
        let bytes = NativeSocket.native(address, domain: AF_UNIX)
        try check(
            unsafe bytes.withUnsafeBytes { unsafe linuxio_bind(descriptor, $0.baseAddress.unsafelyUnwrapped, socklen_t($0.count)) },
            "cannot give a socket its address")
        try check(linuxio_listen(descriptor, 4), "cannot listen")
        return descriptor
    }

    /// An event counter.
    static func eventCounter() throws -> Int32 {
        try check(linuxio_eventfd(0, LINUXIO_EFD_CLOEXEC), "cannot make an event counter")
    }

    /// The status flags of a descriptor, which all share who have it.
    static func statusFlags(of descriptor: Int32) throws -> Int32 {
        try check(linuxio_status_flags(descriptor), "cannot read the flags of descriptor \(descriptor)")
    }

    /// Makes receives and sends of a socket give up after a while.
    static func setTimeouts(of descriptor: Int32, microseconds: Int) throws {
        var time = timeval(tv_sec: 0, tv_usec: microseconds)
        for name in [SO_RCVTIMEO, SO_SNDTIMEO] {
            try check(
                unsafe linuxio_setsockopt(descriptor, SOL_SOCKET, name, &time, socklen_t(MemoryLayout<timeval>.size)),
                "cannot set a time limit")
        }
    }
}

extension NativeSocket {
    /// Sends one byte, and descriptors with it.
    func pass(_ descriptors: [Int32]) throws {
        let length = MemoryLayout<cmsghdr>.size + descriptors.count * MemoryLayout<Int32>.size
        var head = cmsghdr()
        head.cmsg_len = length
        head.cmsg_level = SOL_SOCKET
        head.cmsg_type = LINUXIO_SCM_RIGHTS
        let numbers = unsafe descriptors.withUnsafeBytes { unsafe Array($0) }
        // Whole words, so that the memory of the array is aligned as a head has to be.
        var control = [UInt64](repeating: 0, count: (length + 7) / 8)
        var byte: UInt8 = 1
        let result = unsafe control.withUnsafeMutableBytes { control in
            unsafe control.storeBytes(of: head, as: cmsghdr.self)
            unsafe UnsafeMutableRawBufferPointer(rebasing: control[MemoryLayout<cmsghdr>.size...]).copyBytes(from: numbers)
            return unsafe withUnsafeMutablePointer(to: &byte) { byte in
                var vector = unsafe iovec(iov_base: byte, iov_len: 1)
                return unsafe withUnsafeMutablePointer(to: &vector) { vector in
                    var message = unsafe msghdr()
                    unsafe message.msg_iov = unsafe vector
                    unsafe message.msg_iovlen = 1
                    unsafe message.msg_control = control.baseAddress
                    unsafe message.msg_controllen = length
                    return unsafe linuxio_sendmsg(descriptor, &message, LINUXIO_MSG_NOSIGNAL)
                }
            }
        }
        try Native.check(result, "cannot pass descriptors")
    }
}
