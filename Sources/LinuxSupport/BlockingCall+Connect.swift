// Connecting to a local listener that has no room yet.

import CLinuxIO
public import IOSpec

extension BlockingCall {
    /// Connects a local stream of our own, waiting until its listener accepts or goes.
    ///
    /// Waits without bound, until a signal interrupts it and `isStopped` says that it was meant; nothing of an interrupted attempt reaches the listener.
    public static func connect(_ handle: NativeHandle, to region: MemoryRegion, isStopped: () -> Bool) -> Int32 {
        // Sound: the engine has checked that the region holds an address; the operation has not ended.
        let address = unsafe region.load(as: SocketAddress.self)
        let wasNonBlocking = linuxio_status_flags(handle.number) & LINUXIO_O_NONBLOCK != 0
        // The kernel waits only on a blocking descriptor. Nobody is disturbed: transfers on sockets carry their own MSG_DONTWAIT.
        if wasNonBlocking { _ = linuxio_set_nonblocking(handle.number, 0) }
        defer { if wasNonBlocking { _ = linuxio_set_nonblocking(handle.number, 1) } }
        while true {
            let result = unsafe address.withNative { unsafe linuxio_connect(handle.number, $0, $1) }
            if result == -EINTR, !isStopped() { continue }
            return encoded(result)
        }
    }
}
