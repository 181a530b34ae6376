// A try that does not wait, on a descriptor that blocks.

import CLinuxIO
public import IOSpec

extension Attempt {
    /// Tries a transfer on a pipe whose descriptor blocks, where the kernel knows no transfer that does not wait, as on pipes with a name;
    /// its result, or nil when it would have to wait.
    ///
    /// The pipe is opened once more for the call, in another mode: others may have the descriptor, too, and its own mode is theirs as well.
    public static func resumeOnBlockingPipe(_ operation: Operation, on handle: NativeHandle) -> Int32? {
        let access = linuxio_status_flags(handle.number) & O_ACCMODE
        let second = BlockingCall.reopen(handle.number, flags: access | LINUXIO_O_NONBLOCK | LINUXIO_O_CLOEXEC | O_NOCTTY)
        if second < 0 { return nil }
        defer { _ = linuxio_close(second) }
        let other = NativeHandle(number: second, kind: handle.kind, traits: handle.traits)
        guard case .finished(let result, _) = resume(operation, on: other) else { return nil }
        return result
    }
}
