// Those who wait for a close that somebody else has begun.

import IOSpec
import LinuxSupport

/// By what is closed. From any thread.
final class Closings: @unchecked Sendable {
    private let lock: Lock
    // With the lock held.
    private var waiting: [ObjectIdentifier: [CheckedContinuation<Void, Never>]] = [:]

    init() throws(IOError) { lock = try Lock() }

    /// Waits until `end(of:_:)` is called for it, unless `isOver` says that this has happened.
    nonisolated(nonsending) func wait(for thing: AnyObject, unless isOver: () -> Bool) async {
        await withCheckedContinuation { continuation in
            lock.acquire()
            let isOver = isOver()
            if !isOver { waiting[ObjectIdentifier(thing), default: []].append(continuation) }
            lock.release()
            if isOver { continuation.resume() }
        }
    }

    /// Notes by `note` that it is closed, and lets those go on who wait for that.
    func end(of thing: AnyObject, _ note: () -> Void) {
        lock.acquire()
        note()
        let continuations = waiting.isEmpty ? nil : waiting.removeValue(forKey: ObjectIdentifier(thing))
        lock.release()
        for continuation in continuations ?? [] { continuation.resume() }
    }
}
