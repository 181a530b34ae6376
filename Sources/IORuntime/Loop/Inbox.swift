// The letters of other threads to a loop.

import IOSpec
import LinuxSupport
import Synchronization

/// A list behind a lock, which threads add to and the loop empties.
///
/// The lock is one of the C library's: the thread sanitizer understands it.
final class Inbox: @unchecked Sendable {
    private let lock: Lock
    private var letters: [Letter] = []
    /// Whether there are any: read without the lock, so that a loop without letters pays nothing for it.
    private let hasLetters = Atomic<Bool>(false)
    private var isClosed = false

    init() throws(IOError) { lock = try Lock() }

    /// Adds a letter. Returns whether the loop must be woken for it: the first since the loop last looked; nil when the loop is gone.
    func add(_ letter: consuming Letter) -> Bool? {
        lock.acquire()
        defer { lock.release() }
        if isClosed { return nil }
        letters.append(letter)
        hasLetters.store(true, ordering: .releasing)
        return letters.count == 1
    }

    /// Takes all letters; `spare` becomes the room for the next ones. A letter that is not seen yet wakes the loop.
    func take(into spare: inout [Letter]) {
        if !hasLetters.load(ordering: .acquiring) { return }
        lock.acquire()
        swap(&letters, &spare)
        hasLetters.store(false, ordering: .releasing)
        lock.release()
    }

    /// Takes what is left, and nothing any more from now on.
    func close() -> [Letter] {
        lock.acquire()
        defer { lock.release() }
        isClosed = true
        return letters
    }
}
