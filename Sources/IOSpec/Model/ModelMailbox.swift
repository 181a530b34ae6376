// The messages that wait for one handle.

/// What was sent to a handle, by sender, and how far it can have been received: messages of several senders, or equal ones, can leave that open.
struct ModelMailbox: Sendable {
    private struct Letter: Sendable {
        let number: Int
        let payload: Payload
        /// Whether its send has completed.
        var isSent = false
    }

    /// The longest message that every transport carries.
    static var surelyCarried: Int { 1024 }

    private var letters: [Int: [Letter]] = [:]
    /// How many messages of each sender were received; all that is possible.
    private var positions: Set<[Int: Int]> = [[:]]
    /// The operations that can have sent what was received last; none when that was the end.
    private(set) var lastTaken: Set<Int> = []

    // MARK: Sending

    mutating func post(_ payload: Payload, by number: Int, from sender: Int) {
        letters[sender, default: []].append(Letter(number: number, payload: payload))
    }

    mutating func confirm(_ number: Int, from sender: Int) {
        guard let index = letters[sender]?.firstIndex(where: { $0.number == number }) else { return }
        letters[sender]?[index].isSent = true
    }

    /// Takes a message back; false when it was surely received. It is the last one of its sender.
    mutating func withdraw(_ number: Int, from sender: Int) -> Bool {
        guard letters[sender]?.last?.number == number, let count = letters[sender]?.count else { return true }
        let possible = positions.filter { $0[sender, default: 0] < count }
        if possible.isEmpty { return false }
        positions = possible
        letters[sender]?.removeLast()
        return true
    }

    /// What came from a sender and was not received may be lost, as a whole; of what is still being sent, how much had come is not known.
    mutating func mayLose(from sender: Int) {
        guard let sent = letters[sender] else { return }
        let sureCount = sent.prefix { $0.isSent }.count
        for position in positions {
            for count in sureCount...sent.count where count > position[sender, default: 0] {
                var emptied = position
                emptied[sender] = count
                positions.insert(emptied)
            }
        }
    }

    // MARK: Receiving

    /// Whether the next message can be this one; then it is received. It may be none at the end, or at any time once receiving was shut down.
    mutating func take(_ bytes: [UInt8], isTruncated: Bool, isEnd: Bool, room: Int, mayBeEnd: Bool, isShut: Bool) -> Bool {
        var after: Set<[Int: Int]> = []
        var taken: Set<Int> = []
        for position in positions {
            if bytes.isEmpty, !isTruncated, isShut || isEnd && mayBeEnd && isAtEnd(position) { after.insert(position) }
            if isEnd { continue }
            for (sender, sent) in letters {
                let next = position[sender, default: 0]
                guard next < sent.count, isTruncated == (sent[next].payload.count > room) else { continue }
                if Array(sent[next].payload.bytes.prefix(room)) != bytes { continue }
                var position = position
                position[sender] = next + 1
                after.insert(position)
                taken.insert(sent[next].number)
            }
        }
        if after.isEmpty { return false }
        positions = after
        lastTaken = taken
        return true
    }

    /// Whether a message that was surely sent can be unread.
    var canHoldSent: Bool { positions.contains { !isAtEnd($0) } }

    /// Whether any message can be unread, also one whose send is under way.
    var canHoldAny: Bool {
        positions.contains { position in letters.contains { sender, sent in position[sender, default: 0] < sent.count } }
    }

    /// Whether a message that was surely sent is surely unread.
    var holdsSent: Bool { positions.allSatisfy { !isAtEnd($0) } }

    private func isAtEnd(_ position: [Int: Int]) -> Bool {
        letters.allSatisfy { sender, sent in
            position[sender, default: 0] >= sent.count || !sent[position[sender, default: 0]].isSent
        }
    }
}
