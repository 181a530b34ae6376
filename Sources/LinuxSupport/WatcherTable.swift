// Who watches which descriptor, and who has something to be told.

import IOSpec

/// Any number of watchers for each descriptor, in lists through the records of their slots. Telling a watcher again before it was heard adds to what it is told, so that
/// each is to be told at most one thing. Nothing is allocated once the largest descriptor number has been seen.
@safe
struct WatcherTable: ~Copyable {
    /// A watcher, while its slot has one.
    struct Watcher: BitwiseCopyable {
        var descriptor: Int32
        var asked: Readiness
        /// Whether it goes on after it was told something.
        var isMultishot: Bool
        /// Whether it is over, but for being told.
        var isOver = false
        /// Whether it was asked to end, so that `.cancelled` comes behind its news.
        var isEnding = false
        /// Whether there ever was something to be told.
        var hasHadNews = false
        /// Whether it is among those that have something to be told, and what.
        var hasNews = false
        var news: Readiness = []
        /// The neighbours among the watchers of its descriptor.
        var previous: Int32 = -1
        var next: Int32 = -1
        /// The one that is told after it.
        var nextTold: Int32 = -1
    }

    private let capacity: Int
    // Tells which of `watchers` are initialized; apart from them, so that slots that are never used take up no memory.
    private let isWatching: UnsafeMutablePointer<Bool>
    private let watchers: UnsafeMutablePointer<Watcher>
    /// The first watcher of each descriptor, or -1.
    private var heads: UnsafeMutablePointer<Int32>
    private var headCount: Int
    private var firstTold: Int32 = -1
    private var lastTold: Int32 = -1

    init(operations: Int) {
        capacity = operations
        unsafe isWatching = .allocate(capacity: operations)
        unsafe isWatching.initialize(repeating: false, count: operations)
        unsafe watchers = .allocate(capacity: operations)
        headCount = 64
        unsafe heads = .allocate(capacity: headCount)
        unsafe heads.initialize(repeating: -1, count: headCount)
    }

    deinit {
        // Sound: what they hold is trivial, so there is nothing to deinitialize.
        unsafe isWatching.deallocate()
        unsafe watchers.deallocate()
        unsafe heads.deallocate()
    }

    /// Whether anybody has something to be told.
    var hasNews: Bool { firstTold >= 0 }

    /// The watcher in a slot, or nil.
    func watcher(in slot: UInt32) -> Watcher? {
        guard slot < capacity, unsafe isWatching[Int(slot)] else { return nil }
        return unsafe watchers[Int(slot)]
    }

    // MARK: Watching

    /// Puts a watcher into a slot that has none.
    mutating func insert(_ slot: UInt32, _ descriptor: Int32, asked: Readiness, isMultishot: Bool) {
        precondition(slot < capacity, "The slot lies outside the table's configuration")
        reserve(descriptor)
        var watcher = Watcher(descriptor: descriptor, asked: asked, isMultishot: isMultishot)
        watcher.next = unsafe heads[Int(descriptor)]
        if watcher.next >= 0 { unsafe watchers[Int(watcher.next)].previous = Int32(slot) }
        unsafe heads[Int(descriptor)] = Int32(slot)
        unsafe (watchers + Int(slot)).initialize(to: watcher)
        unsafe isWatching[Int(slot)] = true
    }

    /// Takes a watcher out, whatever it has not been told.
    mutating func remove(_ slot: UInt32) {
        guard let watcher = watcher(in: slot) else { return }
        if watcher.hasNews { removeFromTold(Int32(slot)) }
        unlink(watcher)
        unsafe isWatching[Int(slot)] = false
    }

    /// Ends a watcher that goes on, as soon as it was told what there is; says whether there is something, and takes the watcher out if not.
    mutating func endAfterNews(_ slot: UInt32) -> Bool {
        guard let watcher = watcher(in: slot) else { return false }
        if !watcher.hasNews {
            remove(slot)
            return false
        }
        let place = unsafe watchers + Int(slot)
        unsafe place.pointee.isOver = true
        unsafe place.pointee.isEnding = true
        return true
    }

    // MARK: Telling

    /// Tells all watchers of a descriptor what the kernel says of it.
    mutating func tell(_ descriptor: Int32, pollEvents events: UInt32) {
        guard descriptor >= 0, descriptor < headCount else { return }
        var slot = unsafe heads[Int(descriptor)]
        while slot >= 0 {
            let watcher = unsafe watchers[Int(slot)]
            let readiness = Readiness(pollEvents: events, asked: watcher.asked)
            if !readiness.isEmpty { tell(UInt32(slot), readiness) }
            slot = watcher.next
        }
    }

    /// Tells one watcher, which is over with that unless it is multishot.
    mutating func tell(_ slot: UInt32, _ readiness: Readiness) {
        guard let watcher = watcher(in: slot), !watcher.isOver else { return }
        let place = unsafe watchers + Int(slot)
        unsafe place.pointee.news.formUnion(readiness)
        unsafe place.pointee.isOver = !watcher.isMultishot
        unsafe place.pointee.hasHadNews = true
        if watcher.hasNews { return }
        unsafe place.pointee.hasNews = true
        unsafe place.pointee.nextTold = -1
        if lastTold >= 0 { unsafe watchers[Int(lastTold)].nextTold = Int32(slot) } else { firstTold = Int32(slot) }
        lastTold = Int32(slot)
    }

    /// Appends what there is to be told, as far as there is room.
    mutating func deliver(into events: inout OutputSpan<KernelEvent>) {
        while firstTold >= 0, !events.isFull {
            let slot = UInt32(firstTold)
            let place = unsafe watchers + Int(slot)
            let watcher = unsafe place.pointee
            if watcher.isEnding, watcher.news.isEmpty {
                events.append(KernelEvent(slot: slot, result: IOError(.cancelled).encoded))
            } else {
                events.append(KernelEvent(slot: slot, result: watcher.news.result, hasMore: watcher.isMultishot))
                unsafe place.pointee.news = []
                // It stays first, since its end comes next.
                if watcher.isEnding { continue }
            }
            firstTold = watcher.nextTold
            if firstTold < 0 { lastTold = -1 }
            unsafe place.pointee.hasNews = false
            if watcher.isOver { remove(slot) }
        }
    }

    // MARK: Lists

    private func unlink(_ watcher: Watcher) {
        if watcher.next >= 0 { unsafe watchers[Int(watcher.next)].previous = watcher.previous }
        if watcher.previous >= 0 {
            unsafe watchers[Int(watcher.previous)].next = watcher.next
        } else {
            unsafe heads[Int(watcher.descriptor)] = watcher.next
        }
    }

    /// Walks those before it, which only ending a watcher that was told and not heard pays for.
    private mutating func removeFromTold(_ slot: Int32) {
        let next = unsafe watchers[Int(slot)].nextTold
        var previous: Int32 = -1
        var current = firstTold
        while current >= 0, current != slot {
            previous = current
            current = unsafe watchers[Int(current)].nextTold
        }
        if previous >= 0 { unsafe watchers[Int(previous)].nextTold = next } else { firstTold = next }
        if lastTold == slot { lastTold = previous }
    }

    private mutating func reserve(_ descriptor: Int32) {
        if descriptor < headCount { return }
        let larger = max(Int(descriptor) + 1, 2 * headCount)
        let grown = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
        unsafe grown.initialize(from: heads, count: headCount)
        unsafe (grown + headCount).initialize(repeating: -1, count: larger - headCount)
        unsafe heads.deallocate()
        unsafe heads = unsafe grown
        headCount = larger
    }
}
