// The one source of chance of a world.

/// A small generator whose whole state is its seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A number in `range`.
    mutating func number(in range: ClosedRange<Int64>) -> Int64 {
        let span = UInt64(bitPattern: range.upperBound &- range.lowerBound)
        if span == .max { return Int64(bitPattern: next()) }
        return range.lowerBound &+ Int64(bitPattern: next() % (span + 1))
    }

    /// A number from 0 up to `count`, which is not among them.
    mutating func index(below count: Int) -> Int {
        Int(next() % UInt64(count))
    }

    /// Whether something happens that does so `often` times in a million.
    mutating func happens(_ often: Int) -> Bool {
        often > 0 && next() % 1_000_000 < UInt64(often)
    }
}
