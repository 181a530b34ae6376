// A try that does not wait, on a descriptor that blocks.

import CLinuxIO
public import IOSpec

extension Attempt {
    /// Tries a transfer on a pipe whose descriptor blocks, where the kernel knows no transfer that does not wait, as on pipes with a name;
    /// its result, or nil when it would have to wait.
    ///
    /// The mode changes for the moment of the call. Nobody is disturbed: the open file is the backend's own.
    public static func resumeOnBlockingPipe(_ operation: Operation, on handle: NativeHandle) -> Int32? {
        let wasNonBlocking = linuxio_status_flags(handle.number) & LINUXIO_O_NONBLOCK != 0
        if !wasNonBlocking { _ = linuxio_set_nonblocking(handle.number, 1) }
        defer { if !wasNonBlocking { _ = linuxio_set_nonblocking(handle.number, 0) } }
        guard case .finished(let result, _) = resume(operation, on: handle) else { return nil }
        return result
    }
}
