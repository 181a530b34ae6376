// Sending a datagram to a local receiver that has no room yet.

import CLinuxIO
import IOSpec

extension BlockingCall {
    /// Sends a datagram once its receiver has room for it, with the descriptors that it passes.
    ///
    /// Waits without bound, until a signal interrupts it and `isStopped` says that it was meant; what can be sent without waiting even then is sent.
    static func sendDatagram(
        _ message: Message, by operation: Operation, from handle: NativeHandle, passing descriptors: PassedDescriptors,
        _ isStopped: () -> Bool
    ) -> Int32 {
        let watcher = linuxio_socket(AF_UNIX, LINUXIO_SOCK_DGRAM | LINUXIO_SOCK_CLOEXEC, 0)
        if watcher < 0 { return encoded(watcher) }
        defer { _ = linuxio_close(watcher) }
        // Sound: the engine has checked that the region holds an address; the operation has not ended.
        let address = unsafe message.address.load(as: SocketAddress.self)
        while true {
            // Asked before the try, so that the last one comes after the request to end.
            let isLast = isStopped()
            if case .finished(let result, _) = Attempt.start(operation, on: handle, passing: descriptors) { return result }
            if isLast { return IOError(.cancelled).encoded }
            awaitRoom(at: address, watchedBy: watcher, for: handle)
        }
    }

    /// Waits until another try may bring something, or a signal comes.
    private static func awaitRoom(at address: SocketAddress, watchedBy watcher: Int32, for sender: NativeHandle) {
        // Only a socket that is connected to the receiver becomes ready when there is room; connected again each time, since another may have the name by now.
        let isWatching = unsafe address.withNative { unsafe linuxio_connect(watcher, $0, $1) } == 0
        if isWatching, linuxio_poll(watcher, Int16(POLLOUT), 0) == 0 {
            _ = linuxio_poll(watcher, Int16(POLLOUT), -1)
            return
        }
        if !isWatching { return pause() }
        // What is full is the sender's own buffer. A sender that is connected elsewhere is told of that peer's room instead, so it is not waited for without bound.
        _ = linuxio_poll(sender.number, Int16(POLLOUT), 10)
    }
}
