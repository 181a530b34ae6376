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
