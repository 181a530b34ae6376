// Breaking a connection that a peer keeps alive without taking what was sent.

import CLinuxIO
public import IOSpec

/// What is done to connections besides the operations.
public enum Connection {
    /// Breaks the connection of an internet stream at once: what the kernel holds of the bytes that were sent is given up, and the peer sees a reset.
    public static func abort(_ stream: NativeHandle) {
        // The address of no family. A stream that is not connected any more has nothing to give up.
        var nowhere = sockaddr()
        _ = unsafe linuxio_connect(stream.number, &nowhere, socklen_t(MemoryLayout<sockaddr>.size))
    }
}
