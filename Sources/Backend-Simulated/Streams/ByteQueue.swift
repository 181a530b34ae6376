// Bytes that wait in order, and the handles that came with some of them.

/// A queue of bytes. Handles that were passed belong to the bytes they were sent with, and are taken with the first of those.
struct ByteQueue {
    /// What was passed with the bytes from one position to another.
    private struct Mark {
        let start: Int
        let end: Int
        let things: [PassedThing]
    }

    /// Taken bytes are dropped from memory in pieces of at least this size, so that taking costs no more than what is taken.
    private static var droppedAtOnce: Int { 65_536 }

    private var storage: [UInt8] = []
    // Where the first byte that waits is in the storage, and in the whole stream.
    private var head = 0
    private var position = 0
    private var marks: [Mark] = []

    /// The bytes that wait.
    var count: Int { storage.count - head }

    /// The bytes that one receive may take at most: it takes the handles of one message, and no bytes of another message that has some.
    var takeable: Int {
        guard let mark = marks.first else { return count }
        return (mark.start > position ? mark.start : mark.end) - position
    }

    /// Appends the bytes of a message, at least one if it passes `things`.
    mutating func append(_ bytes: [UInt8], passing things: [PassedThing] = []) {
        let start = position + count
        storage += bytes
        if !things.isEmpty { marks.append(Mark(start: start, end: start + bytes.count, things: things)) }
    }

    /// The first bytes, which stay.
    func first(_ count: Int) -> [UInt8] { Array(storage[head..<head + count]) }

    /// Takes the first bytes, and the handles that came with the first of them.
    ///
    /// - Precondition: `0 < count <= takeable`.
    mutating func take(_ count: Int) -> (bytes: [UInt8], things: [PassedThing]) {
        let bytes = first(count)
        var things: [PassedThing] = []
        if let mark = marks.first, mark.start == position { things = marks.removeFirst().things }
        head += count
        position += count
        if head == storage.count || (head >= Self.droppedAtOnce && 2 * head >= storage.count) {
            storage.removeFirst(head)
            head = 0
        }
        return (bytes, things)
    }

    /// Drops everything, and lets go of what was passed.
    mutating func drop() {
        let passed = marks
        position += count
        storage = []
        head = 0
        marks = []
        for mark in passed { mark.things.letGo() }
    }
}

extension [PassedThing] {
    /// Lets go of things that a message held on its way.
    func letGo() {
        for thing in self { thing.letGo() }
    }
}
