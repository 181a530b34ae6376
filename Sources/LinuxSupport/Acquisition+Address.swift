// Asking a socket for the address it has.

import CLinuxIO
public import IOSpec

extension Acquisition {
    /// The local address of a stream, listener, datagram handle or packets.
    ///
    /// - Throws: `.addressNotAvailable` when it has no address, as the ends of a pair.
    public static func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        var result: Int32 = 0
        let address = unsafe nativeAddress(of: handle, result: &result, linuxio_getsockname)
        if result < 0 { throw IOError(errno: -result) }
        guard let address else { throw IOError(.addressNotAvailable) }
        return address
    }

    /// The address of a connected peer.
    ///
    /// - Throws: `.notConnected`, or `.addressNotAvailable` when the peer has no address, as the ends of a pair and most clients of a local listener.
    public static func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        var result: Int32 = 0
        let address = unsafe nativeAddress(of: handle, result: &result, linuxio_getpeername)
        if result < 0 { throw IOError(errno: -result) }
        guard let address else { throw IOError(.addressNotAvailable) }
        return address
    }

    // A socket gets its port with the first attempt to connect and keeps it when the connection breaks.
    static func wasNeverConnected(_ handle: NativeHandle) -> Bool {
        var result: Int32 = 0
        guard let address = unsafe nativeAddress(of: handle, result: &result, linuxio_getsockname) else { return false }
        return address.family.isInternet && address.port == 0
    }

    private static func nativeAddress(
        of handle: NativeHandle, result: inout Int32, _ query: (Int32, UnsafeMutableRawPointer, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            // Sound: `bytes` is a whole `sockaddr_storage`, whose address is never nil, and `length` says how much of it was filled.
            let base = unsafe bytes.baseAddress.unsafelyUnwrapped
            result = unsafe query(handle.number, base, &length)
            return result < 0 ? nil : unsafe SocketAddress(native: base, length: length)
        }
    }
}
