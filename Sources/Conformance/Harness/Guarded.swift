// A value that several threads share.

import CLinuxIO

/// A value behind a lock. The lock is one of pthreads, which the thread sanitizer understands; the standard library's mutex it does not.
@safe
final class Guarded<Value>: @unchecked Sendable {
    private let lock: OpaquePointer
    private var value: Value

    init(_ value: Value) {
        guard let lock = unsafe linuxio_lock_create() else { preconditionFailure("No memory for a lock") }
        unsafe self.lock = lock
        self.value = value
    }

    deinit {
        unsafe linuxio_lock_destroy(lock)
    }

    /// Uses the value while no other thread does.
    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        unsafe linuxio_lock_acquire(lock)
        defer { unsafe linuxio_lock_release(lock) }
        return body(&value)
    }
}
