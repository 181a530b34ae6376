// Waiting for another thread, on pthreads as the lock is.

import CLinuxIO
import IOSpec

/// What threads wait for while they give up a lock.
@safe
struct Condition: ~Copyable {
    private let native: OpaquePointer

    init() throws(IOError) {
        guard let created = unsafe linuxio_condition_create() else { throw IOError(errno: ENOMEM) }
        unsafe native = created
    }

    deinit {
        unsafe linuxio_condition_destroy(native)
    }

    /// Waits, with `lock` released meanwhile; may return without a signal.
    func wait(_ lock: borrowing Lock) {
        unsafe linuxio_condition_wait(native, lock.native)
    }

    /// As ``wait(_:)``, at most until `deadline`.
    func wait(_ lock: borrowing Lock, until deadline: Instant) {
        _ = unsafe linuxio_condition_wait_until(native, lock.native, deadline.nanoseconds)
    }

    func signal() {
        unsafe linuxio_condition_signal(native)
    }

    func broadcast() {
        unsafe linuxio_condition_broadcast(native)
    }
}
