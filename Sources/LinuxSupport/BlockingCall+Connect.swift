// Connecting to a local listener that has no room yet.

import CLinuxIO
public import IOSpec

extension BlockingCall {
    /// Connects a local stream of our own, waiting until its listener accepts or goes.
    ///
    /// Waits without bound, until a signal interrupts it and `isStopped` says that it was meant; what can be had without waiting even then wins. Whether the
    /// stream's own calls wait is left as it is, since others may have it, too.
    public static func connect(_ handle: NativeHandle, to region: MemoryRegion, isStopped: () -> Bool) -> Int32 {
        // Without a descriptor for it, the listener is asked again and again, at a pace that keeps no processor busy.
        let watcher = connectedSocket(like: handle)
        defer { if watcher >= 0 { _ = linuxio_close(watcher) } }
        // Sound: the engine has checked that the region holds an address; the operation has not ended.
        let address = unsafe region.load(as: SocketAddress.self)
        var hasWaited = false
        while true {
            // Asked before the try, so that the last one comes after the request to end.
            let isLast = isStopped()
            let result = connect(handle.number, to: address)
            if result != -EAGAIN, result != -EINTR { return encoded(result) }
            if isLast { return IOError(.cancelled).encoded }
            // Somebody else was faster, or the kernel does not wait as described below: then it is asked at a pace of our own.
            if hasWaited || watcher < 0 { pause() }
            hasWaited = true
            // The kernel looks for room before it looks at the socket: one that has a peer already waits as any other would, and is then told that it has one. It
            // takes nobody's place.
            if watcher >= 0 { _ = connect(watcher, to: address) }
        }
    }

    private static func connect(_ descriptor: Int32, to address: SocketAddress) -> Int32 {
        unsafe address.withNative { unsafe linuxio_connect(descriptor, $0, $1) }
    }

    /// A socket of the same type that waits in its calls, and had a peer.
    private static func connectedSocket(like handle: NativeHandle) -> Int32 {
        var ends = InlineArray<2, Int32>(repeating: -1)
        var span = ends.mutableSpan
        let type = linuxio_socket_option(handle.number, SOL_SOCKET, SO_TYPE)
        // Sound: there is room for both ends.
        let result = unsafe span.withUnsafeMutableBufferPointer {
            unsafe linuxio_socketpair(AF_UNIX, type | LINUXIO_SOCK_CLOEXEC, 0, $0.baseAddress.unsafelyUnwrapped)
        }
        if result < 0 { return result }
        _ = linuxio_close(ends[1])
        return ends[0]
    }
}
