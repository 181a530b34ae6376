// The letters of other threads to a loop.

import IOSpec
import LinuxSupport

/// A list behind a lock, which threads add to and the loop empties.
///
/// The lock is one of the C library's: the thread sanitizer understands it.
final class Inbox: @unchecked Sendable {
    private let lock: Lock
    private var letters: [Letter] = []
    private var isClosed = false

    init() throws(IOError) { lock = try Lock() }

    /// Adds a letter. Returns whether the loop must be woken for it: the first since the loop last looked; nil when the loop is gone.
    func add(_ letter: consuming Letter) -> Bool? {
        lock.acquire()
        defer { lock.release() }
        if isClosed { return nil }
        letters.append(letter)
        return letters.count == 1
    }

    /// Takes all letters; `spare` becomes the room for the next ones.
    func take(into spare: inout [Letter]) {
        lock.acquire()
        swap(&letters, &spare)
        lock.release()
    }

    /// Closes the inbox if it is empty; whether it is closed now.
    func closeIfEmpty() -> Bool {
        lock.acquire()
        defer { lock.release() }
        if letters.isEmpty { isClosed = true }
        return isClosed
    }
}
