// A value that a task waits for and that several may bring.

import IOSpec
import LinuxSupport

/// The first value that anybody gives; later ones are dropped. One task waits for it.
final class FirstAnswer<Value: Sendable>: @unchecked Sendable {
    private let lock: Lock
    // With the lock held.
    private var value: Value?
    private var waiting: CheckedContinuation<Value, Never>?

    init() throws(IOError) { lock = try Lock() }

    /// From any thread.
    func give(_ value: Value) {
        lock.acquire()
        let isFirst = self.value == nil
        if isFirst { self.value = value }
        let continuation = isFirst ? waiting : nil
        lock.release()
        continuation?.resume(returning: value)
    }

    func wait() async -> Value {
        await withCheckedContinuation { continuation in
            lock.acquire()
            let value = value
            if value == nil { waiting = continuation }
            lock.release()
            if let value { continuation.resume(returning: value) }
        }
    }
}
