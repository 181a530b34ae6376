// Operations on the contents of files, and locks.

import IOSpec

extension HistoryGenerator {
    /// Lengths around pages, since what goes wrong goes wrong at their borders.
    private static var counts: [Int] { [0, 1, 2, 7, 100, 100, 1000, 4095, 4096, 4097, 9000] }
    private static var offsets: [Int64] { [0, 0, 0, 0, 1, 50, 100, 1000, 4090, 4096, 4097, 8192, 20_000] }

    /// What a simulated file may hold, which many a file system has as its limit, too.
    static var largest: Int64 { 1 << 44 }

    mutating func fileOperation() -> SymbolicOperation {
        if known.serving(as: .file).isEmpty { return opening(creates: true) }
        let file = handle(.file)
        switch chance.below(100) {
        case 0..<10: return opening(creates: chance.percent(80))
        case 10..<35: return .read(file, count: chance.one(of: Self.counts), at: readOffset(), pieces: pieces())
        case 35..<60: return .write(file, payload(chance.percent(4) ? [70_000] : Self.counts), at: offset(), pieces: pieces())
        case 60..<70: return .append(file, payload(Self.counts))
        case 70..<77: return .truncate(file, to: offset())
        case 77..<83: return .allocate(file, at: offset(), count: Int64(chance.one(of: Self.counts)), keepsSize: chance.percent(40))
        case 83..<87:
            let count = chance.percent(10) ? 1 << 32 + 1 : Int64(chance.one(of: Self.counts))
            return .punchHole(file, at: offset(), count: count)
        case 87..<90: return .synchronize(file, dataOnly: chance.percent(50))
        case 90..<95: return .status(file)
        case 95..<98: return .setPermissions(file, chance.one(of: [0o644, 0o600, 0o444, 0o755, 0o1644]))
        default:
            switch chance.below(3) {
            case 0: return .readiness(file, [.receiving, .sending])
            case 1: return .setTimes(file, access: time(), modification: time())
            default: return .advise(file, at: offset(), count: Int64(chance.one(of: Self.counts)), chance.one(of: Advice.allCases))
            }
        }
    }

    mutating func lockOperation() -> SymbolicOperation {
        if known.serving(as: .file).count < 3 { return opening(creates: true, named: "a") }
        let file = handle(.file)
        switch chance.below(100) {
        case 0..<8: return opening(creates: true, named: chance.one(of: ["a", "a", "b"]))
        case 8..<60: return .lock(file, chance.one(of: LockMode.allCases))
        case 60..<90: return .unlock(file)
        default: return .close(file)
        }
    }

    /// Opens a file or, seldom, a directory.
    mutating func opening(creates: Bool, named name: String? = nil) -> SymbolicOperation {
        let path = name ?? path()
        let made = makeSymbol()
        var options: OpenOptions = chance.one(weighted: [
            (60, [.reading, .writing]), (12, .reading), (10, .writing), (18, [.reading, .appending]),
        ])
        if creates { options.insert(.creating) }
        if chance.percent(10) { options.insert(.truncating) }
        if chance.percent(8) { options.insert(.exclusive) }
        if chance.percent(6) { options.insert(.noFollow) }
        if chance.percent(8) { options = .directory }
        let directory = handle(.directory)
        if chance.percent(4) {
            known.add(made, as: .file)
            return .open(beneath: directory, path: ".", [.reading, .writing, .temporary], makes: made)
        }
        known.add(made, as: options.contains(.directory) ? .directory : .file)
        return .open(beneath: directory, path: path, options, makes: made)
    }

    /// Also beyond 32 bits, where a file of a history has nothing.
    private mutating func readOffset() -> Int64 { chance.percent(4) ? 1 << 32 + Int64(chance.below(100)) : offset() }

    private mutating func offset() -> Int64 {
        chance.percent(2) ? chance.one(of: [-1, .max, .max - 4096, Self.largest - 100, Self.largest]) : chance.one(of: Self.offsets)
    }
}
