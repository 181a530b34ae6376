// A transfer on what a kernel interface can neither carry out nor wait for, such as a terminal on some of them.

import CLinuxIO
import IOSpec

extension BlockingCall {
    /// Carries a stream operation out, waiting for its descriptor, which is non-blocking.
    ///
    /// Waits without bound, until a signal interrupts it and `isStopped` says that it was meant; what can be had without waiting even then wins.
    static func transfer(_ operation: Operation, on handle: NativeHandle, isStopped: () -> Bool) -> BlockingOutcome {
        var wasStopped = false
        while true {
            switch Attempt.resume(operation, on: handle) {
            case .finished(let result, let made): return .finished(result: result, made: made)
            case .blocks: return .finished(IOError(.unsupported).encoded)
            case .wouldBlock(let direction):
                if wasStopped { return .finished(IOError(.cancelled).encoded) }
                let ready = linuxio_poll(handle.number, Int16(direction == .receiving ? POLLIN : POLLOUT), -1)
                wasStopped = ready == -EINTR && isStopped()
                if ready < 0, ready != -EINTR { return .finished(IOError.encoded(errno: -ready)) }
            }
        }
    }
}
