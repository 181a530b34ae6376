// Mutual exclusion, on pthreads: the thread sanitizer understands these, and not the standard library's mutex.

import CLinuxIO
package import IOSpec

/// A lock that one thread at a time holds.
@safe
package struct Lock: ~Copyable {
    let native: OpaquePointer

    package init() throws(IOError) {
        guard let created = unsafe linuxio_lock_create() else { throw IOError(errno: ENOMEM) }
        unsafe native = created
    }

    deinit {
        unsafe linuxio_lock_destroy(native)
    }

    package func acquire() {
        unsafe linuxio_lock_acquire(native)
    }

    package func release() {
        unsafe linuxio_lock_release(native)
    }
}
