// Threads that wait for the system's resolver.

import CLinuxIO
import Glibc
package import IOSpec

/// Makes blocking calls that cannot be interrupted, each on a thread of its own for as long as there is work: a server of names that does not answer holds up nobody but those who asked it.
///
/// Whoever has made a request may be gone when it is over: a request owns all that it touches.
package final class LookupThreads: @unchecked Sendable {
    package typealias Request = @Sendable () -> Void

    /// The most threads; more requests wait.
    private static var capacity: Int { 32 }

    private let lock: Lock
    // With the lock held.
    private var requests: [Request] = []
    private var threads = 0

    package init() throws(IOError) { lock = try Lock() }

    /// Has a request done.
    ///
    /// - Throws: when there is no thread for it, and none that could take it later.
    package func submit(_ request: @escaping Request) throws(IOError) {
        lock.acquire()
        defer { lock.release() }
        if threads < Self.capacity {
            do throws(IOError) { try start() } catch {
                if threads == 0 { throw error }
            }
        }
        requests.append(request)
    }

    private func start() throws(IOError) {
        var thread: pthread_t = 0
        let context = unsafe Unmanaged.passRetained(self).toOpaque()
        let result = unsafe linuxio_worker_start("io-lookup", 0, { unsafe LookupThreads.main($0) }, context, &thread)
        if result < 0 {
            unsafe Unmanaged<LookupThreads>.fromOpaque(context).release()
            throw IOError(errno: -result)
        }
        pthread_detach(thread)
        threads += 1
    }

    private static func main(_ context: UnsafeMutableRawPointer?) {
        guard let context = unsafe context else { return }
        // Sound: whoever started the thread retained it for it.
        let pool = unsafe Unmanaged<LookupThreads>.fromOpaque(context).takeRetainedValue()
        while let request = pool.next() { request() }
    }

    /// The next request; nil ends the thread.
    private func next() -> Request? {
        lock.acquire()
        defer { lock.release() }
        if !requests.isEmpty { return requests.removeFirst() }
        threads -= 1
        return nil
    }
}
