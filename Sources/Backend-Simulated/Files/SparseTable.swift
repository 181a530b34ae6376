// Values by number, where most numbers have none.

/// A table in the order of its numbers. Those that are added one after the other, as a file grows, are cheap.
struct SparseTable<Value> {
    private(set) var numbers: [Int64] = []
    private var values: [Value] = []

    init() {}

    var count: Int { numbers.count }

    func contains(_ number: Int64) -> Bool { place(of: number) != nil }

    subscript(number: Int64) -> Value? {
        place(of: number).map { values[$0] }
    }

    mutating func set(_ number: Int64, to value: Value) {
        let next = firstPlace(from: number)
        if next < numbers.count, numbers[next] == number {
            values[next] = value
        } else {
            numbers.insert(number, at: next)
            values.insert(value, at: next)
        }
    }

    /// Changes a value where it lies; one that is missing begins as `initial`.
    mutating func update(_ number: Int64, startingWith initial: @autoclosure () -> Value, _ body: (inout Value) -> Void) {
        let next = firstPlace(from: number)
        if next == numbers.count || numbers[next] != number {
            numbers.insert(number, at: next)
            values.insert(initial(), at: next)
        }
        body(&values[next])
    }

    /// Gives every number of a range a value that has none.
    mutating func fill(_ range: Range<Int64>, with value: Value) {
        let places = places(in: range)
        if places.count == range.count { return }
        var filled: [Value] = []
        filled.reserveCapacity(range.count)
        var next = places.lowerBound
        for number in range {
            let exists = next < places.upperBound && numbers[next] == number
            filled.append(exists ? values[next] : value)
            if exists { next += 1 }
        }
        numbers.replaceSubrange(places, with: range)
        values.replaceSubrange(places, with: filled)
    }

    mutating func removeAll(in range: Range<Int64>) {
        let places = places(in: range)
        numbers.removeSubrange(places)
        values.removeSubrange(places)
    }

    /// The numbers of a range that have values.
    func numbers(in range: Range<Int64>) -> ArraySlice<Int64> { numbers[places(in: range)] }

    private func places(in range: Range<Int64>) -> Range<Int> {
        let first = firstPlace(from: range.lowerBound)
        return first..<max(first, firstPlace(from: range.upperBound))
    }

    private func place(of number: Int64) -> Int? {
        let next = firstPlace(from: number)
        return next < numbers.count && numbers[next] == number ? next : nil
    }

    /// Where the first number lies that is not less than `number`.
    private func firstPlace(from number: Int64) -> Int {
        if numbers.last.map({ $0 < number }) ?? true { return numbers.count }
        var low = 0
        var high = numbers.count
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
