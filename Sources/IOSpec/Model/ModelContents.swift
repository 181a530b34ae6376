// The contents of a file in a possible world.

/// A size, and for each byte all values that it can still have.
struct ModelContents: Hashable, Sendable {
    private(set) var size: Int64 = 0
    /// Whether something was done to it that is not followed, so that neither size nor bytes are judged any more.
    var isUnknown = false
    /// In the order of their sources, so that equal contents are equal.
    private var records: [ModelRecord] = []

    // MARK: Changing

    mutating func write(_ payload: Payload, at offset: Int64, by source: Int) {
        let end = offset.saturatingAdding(Int64(payload.count))
        add(ModelRecord(source: source, lower: offset, upper: end, payload: payload, isAppend: false, sizeBefore: size))
        grow(to: offset, by: source)
        size = max(size, end)
    }

    /// Appends; what others append at the same time can come to lie in between.
    mutating func append(_ payload: Payload, by source: Int, _ times: ModelTimes) {
        let end = size.saturatingAdding(Int64(payload.count))
        var lower = size
        for index in records.indices where records[index].isAppend && times.areConcurrent(records[index].source, source) {
            lower = min(lower, records[index].lower)
            records[index].upper = end
        }
        add(ModelRecord(source: source, lower: lower, upper: end, payload: payload, isAppend: true, sizeBefore: size))
        size = end
    }

    mutating func truncate(to size: Int64, by source: Int) {
        add(ModelRecord(source: source, lower: min(self.size, size), upper: .max, payload: nil, isAppend: false))
        self.size = size
    }

    mutating func punchHole(at offset: Int64, count: Int64, by source: Int) {
        add(ModelRecord(source: source, lower: offset, upper: offset.saturatingAdding(count), payload: nil, isAppend: false))
    }

    /// What the file grows by are zeros, also where it lies between appends.
    mutating func grow(to size: Int64, by source: Int) {
        if size <= self.size { return }
        add(ModelRecord(source: source, lower: self.size, upper: size, payload: nil, isAppend: false))
        self.size = size
    }

    /// Lets an operation have written only its first `count` bytes.
    mutating func shorten(_ source: Int, to count: Int) {
        guard let index = records.firstIndex(where: { $0.source == source }) else { return }
        let end = records[index].upper
        records[index].upper = records[index].lower + Int64(count)
        if size == end { size = max(records[index].sizeBefore, records[index].upper) }
    }

    /// The operation is over: from now on it does not matter what was there before it.
    mutating func seal(_ source: Int) {
        guard let index = records.firstIndex(where: { $0.source == source }) else { return }
        records[index].sizeBefore = 0
    }

    private mutating func add(_ record: ModelRecord) {
        let place = records.firstIndex { $0.source > record.source } ?? records.count
        records.insert(record, at: place)
    }

    /// Forgets what nobody can read any more, when nothing is under way.
    mutating func forgetReplaced(_ times: ModelTimes) {
        let all = records
        records.removeAll { old in
            all.contains {
                $0.isExact && $0.lower <= old.lower && $0.upper >= old.upper && times.end(of: old.source) < times.start(of: $0.source)
            }
        }
    }

    // MARK: Reading

    /// The first of `bytes`, read at `offset` by an operation that started at `start`, that the file cannot have held; nil when it can have held all.
    func firstUnexplained(_ bytes: [UInt8], at offset: Int64, since start: Int, _ times: ModelTimes) -> Int? {
        if isUnknown { return nil }
        let end = offset + Int64(bytes.count)
        let near = records.filter { $0.lower < end && $0.upper > offset }
        var borders = [offset, end]
        for record in near { borders += [record.lower, record.upper].filter { $0 > offset && $0 < end } }
        borders.sort()
        for index in 1..<borders.count where borders[index - 1] < borders[index] {
            let (candidates, canBeUntouched) = candidates(for: borders[index - 1], since: start, near, times)
            for position in borders[index - 1]..<borders[index] {
                let byte = bytes[Int(position - offset)]
                if byte == 0, canBeUntouched { continue }
                if !candidates.contains(where: { $0.explains(byte, at: position) }) { return Int(position - offset) }
            }
        }
        return nil
    }

    /// What can have been at a position since `start`: all that no later record had surely replaced by then, and whether nothing need have been written there.
    private func candidates(
        for position: Int64, since start: Int, _ near: [ModelRecord], _ times: ModelTimes
    ) -> (records: [ModelRecord], canBeUntouched: Bool) {
        let covering = near.filter { $0.covers(position) }
        let settled = covering.filter { $0.isExact && times.end(of: $0.source) < start }
        let records = covering.filter { old in
            !settled.contains { times.end(of: old.source) < times.start(of: $0.source) }
        }
        return (records, settled.isEmpty && !covering.contains { !$0.isExact && times.end(of: $0.source) < start })
    }
}

extension Int64 {
    /// The sum, or the largest number.
    func saturatingAdding(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
