// The choices of a generated history.

/// Draws choices from a seed; the same seed gives the same ones everywhere.
struct Chance {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    /// A number from 0 on, below `bound`, which is at least 1.
    mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    /// True so many times in a hundred.
    mutating func percent(_ percent: Int) -> Bool { below(100) < percent }

    /// One of `values`, which are not none.
    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

    /// One of the values, each as often as its weight says.
    mutating func one<Value>(weighted values: [(weight: Int, value: Value)]) -> Value {
        var place = below(values.reduce(0) { $0 + $1.weight })
        for (weight, value) in values {
            if place < weight { return value }
            place -= weight
        }
        preconditionFailure("The weights are exhausted")
    }
}
