// Calls that a signal may interrupt: nobody above ever sees that (EINTR).

import CLinuxIO

/// The result of the first call that no signal interrupted.
@inline(__always)
func repeatingInterrupted<Count: SignedInteger>(_ call: () -> Count) -> Count {
    while true {
        let result = call()
        if result != -Count(EINTR) { return result }
    }
}

/// The result of the first call that no signal interrupted, or that one did when `isStopped` says that it was meant.
///
/// What waits for storage is not supposed to be interrupted, but some file systems are somebody's program: a worker in their hands ends when it is asked to.
@inline(__always)
func repeatingInterrupted<Count: SignedInteger>(unless isStopped: () -> Bool, _ call: () -> Count) -> Count {
    while true {
        let result = call()
        if result != -Count(EINTR) || isStopped() { return result }
    }
}
