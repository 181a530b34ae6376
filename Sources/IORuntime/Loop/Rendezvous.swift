// A value that one thread waits for and another brings.

import IOSpec
import LinuxSupport

/// Met once.
final class Rendezvous<Value: Sendable>: @unchecked Sendable {
    private let lock: Lock
    private let condition: Condition
    private var value: Value?

    init() throws(IOError) {
        lock = try Lock()
        condition = try Condition()
    }

    func meet(_ value: Value) {
        lock.acquire()
        self.value = value
        condition.broadcast()
        lock.release()
    }

    func wait() -> Value {
        lock.acquire()
        defer { lock.release() }
        while true {
            if let value { return value }
            condition.wait(lock)
        }
    }
}
