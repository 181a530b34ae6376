// Waiting for another thread, on pthreads as the lock is.

import CLinuxIO
package import IOSpec

/// What threads wait for while they give up a lock.
@safe
package struct Condition: ~Copyable {
    private let native: OpaquePointer

    package init() throws(IOError) {
        guard let created = unsafe linuxio_condition_create() else { throw IOError(errno: ENOMEM) }
        unsafe native = created
    }

    deinit {
        unsafe linuxio_condition_destroy(native)
    }

    /// Waits, with `lock` released meanwhile; may return without a signal.
    package func wait(_ lock: borrowing Lock) {
        unsafe linuxio_condition_wait(native, lock.native)
    }

    /// As ``wait(_:)``, at most until `deadline`.
    package func wait(_ lock: borrowing Lock, until deadline: Instant) {
        _ = unsafe linuxio_condition_wait_until(native, lock.native, deadline.nanoseconds)
    }

    package func signal() {
        unsafe linuxio_condition_signal(native)
    }

    package func broadcast() {
        unsafe linuxio_condition_broadcast(native)
    }
}
