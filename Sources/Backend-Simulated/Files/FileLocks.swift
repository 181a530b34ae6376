// The locks on one file.

import IOSpec

/// Who has a file locked, counted: each open file remembers its own lock.
final class FileLocks {
    private var shared = 0
    private var exclusive = 0
    /// Given when a lock is given up.
    let released = Signal()

    init() {}

    /// Whether a lock of `mode` can be had beside those that there are.
    func admits(_ mode: LockMode) -> Bool {
        switch mode {
        case .shared: exclusive == 0
        case .exclusive: exclusive == 0 && shared == 0
        }
    }

    func add(_ mode: LockMode) {
        switch mode {
        case .shared: shared += 1
        case .exclusive: exclusive += 1
        }
    }

    func remove(_ mode: LockMode) {
        switch mode {
        case .shared: shared -= 1
        case .exclusive: exclusive -= 1
        }
        released.give()
    }
}
