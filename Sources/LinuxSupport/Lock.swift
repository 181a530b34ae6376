// Mutual exclusion, on pthreads: the thread sanitizer understands these, and not the standard library's mutex.

import CLinuxIO
import IOSpec

/// A lock that one thread at a time holds.
@safe
struct Lock: ~Copyable {
    let native: OpaquePointer

    init() throws(IOError) {
        guard let created = unsafe linuxio_lock_create() else { throw IOError(errno: ENOMEM) }
        unsafe native = created
    }

    deinit {
        unsafe linuxio_lock_destroy(native)
    }

    func acquire() {
        unsafe linuxio_lock_acquire(native)
    }

    func release() {
        unsafe linuxio_lock_release(native)
    }
}
