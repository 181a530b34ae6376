// What a step may be replaced by to make a history simpler.

import IOSpec

extension HistoryStep {
    /// Simpler steps, the simplest first. Each is smaller by some measure, so that replacing comes to an end.
    var simpler: [HistoryStep] {
        switch self {
        case .submit(let operation, let deadline, let isLinked, let isBarrier):
            let freed = [
                deadline == nil ? nil : HistoryStep.submit(operation, deadline: nil, isLinked: isLinked, isBarrier: isBarrier),
                isLinked ? .submit(operation, deadline: deadline, isLinked: false, isBarrier: isBarrier) : nil,
                isBarrier ? .submit(operation, deadline: deadline, isLinked: isLinked, isBarrier: false) : nil,
            ]
            let earlier = Self.smaller(deadline ?? 0).map {
                HistoryStep.submit(operation, deadline: $0, isLinked: isLinked, isBarrier: isBarrier)
            }
            let eased = operation.simpler.map { HistoryStep.submit($0, deadline: deadline, isLinked: isLinked, isBarrier: isBarrier) }
            return freed.compactMap { $0 } + eased + earlier
        case .acquire(.listener(let family, let backlog), let symbols):
            return Self.smaller(backlog, from: 1).map { .acquire(.listener(family, backlog: $0), makes: symbols) }
        case .acquire(.buffers(let count, let size), let symbols):
            return Self.smaller(count, from: 1).map { .acquire(.buffers(count: $0, size: size), makes: symbols) }
                + Self.smaller(size, from: 1).map { .acquire(.buffers(count: count, size: $0), makes: symbols) }
        case .registerMemory(let count): return Self.smaller(count, from: 1).map { .registerMemory($0) }
        case .acquire, .giveBack, .register, .cancel, .turn, .settle: return []
        }
    }

    /// Smaller numbers to try instead of `number`, the smallest first.
    static func smaller<Number: FixedWidthInteger & SignedInteger>(_ number: Number, from least: Number = 0) -> [Number] {
        if number <= least { return [] }
        return [least, least + 1, number / 2, number - 1].filter { $0 >= least && $0 < number }.uniqued()
    }
}

extension SymbolicOperation {
    /// The same operation with one smaller number, shorter name or plainer option.
    fileprivate var simpler: [SymbolicOperation] {
        func counts(_ number: Int, _ change: (Int) -> SymbolicOperation) -> [SymbolicOperation] { HistoryStep.smaller(number).map(change) }
        func offsets(_ number: Int64, _ change: (Int64) -> SymbolicOperation) -> [SymbolicOperation] {
            HistoryStep.smaller(number).map(change)
        }
        func pieces(_ number: Int, _ change: (Int) -> SymbolicOperation) -> [SymbolicOperation] {
            HistoryStep.smaller(number, from: 1).map(change)
        }
        func payloads(_ payload: Payload, _ change: (Payload) -> SymbolicOperation) -> [SymbolicOperation] {
            HistoryStep.smaller(payload.count).map { change(Payload(seed: payload.seed, count: $0)) }
        }

        switch self {
        case .timer(let microseconds): return counts(microseconds) { .timer(microseconds: $0) }
        case .open(let directory, let path, let options, let made):
            return OpenOptions.named.filter { options.contains($0.option) }.map {
                .open(beneath: directory, path: path, options.subtracting($0.option), makes: made)
            }
        case .pathStatus(let directory, let path, true): return [.pathStatus(beneath: directory, path: path, followsLink: false)]
        case .rename(let directory, let path, let second, let name, let mode) where mode != .replacing:
            return [.rename(beneath: directory, path: path, toDirectory: second, toPath: name, .replacing)]
        case .read(let file, let count, let offset, let cut):
            return pieces(cut) { .read(file, count: count, at: offset, pieces: $0) }
                + counts(count) { .read(file, count: $0, at: offset, pieces: cut) }
                + offsets(offset) { .read(file, count: count, at: $0, pieces: cut) }
        case .write(let file, let payload, let offset, let cut):
            return pieces(cut) { .write(file, payload, at: offset, pieces: $0) }
                + payloads(payload) { .write(file, $0, at: offset, pieces: cut) }
                + offsets(offset) { .write(file, payload, at: $0, pieces: cut) }
        case .append(let file, let payload): return payloads(payload) { .append(file, $0) }
        case .truncate(let file, let size): return offsets(size) { .truncate(file, to: $0) }
        case .allocate(let file, let offset, let count, let keeps):
            return (keeps ? [.allocate(file, at: offset, count: count, keepsSize: false)] : [])
                + offsets(count) { .allocate(file, at: offset, count: $0, keepsSize: keeps) }
                + offsets(offset) { .allocate(file, at: $0, count: count, keepsSize: keeps) }
        case .punchHole(let file, let offset, let count):
            return offsets(count) { .punchHole(file, at: offset, count: $0) } + offsets(offset) { .punchHole(file, at: $0, count: count) }
        case .receive(let stream, let count, let cut):
            return pieces(cut) { .receive(stream, count: count, pieces: $0) } + counts(count) { .receive(stream, count: $0, pieces: cut) }
        case .receiveExactly(let stream, let count): return counts(count) { .receiveExactly(stream, count: $0) }
        case .send(let stream, let payload, let cut):
            return pieces(cut) { .send(stream, payload, pieces: $0) } + payloads(payload) { .send(stream, $0, pieces: cut) }
        case .sendZeroCopy(let stream, let payload):
            return [.send(stream, payload, pieces: 1)] + payloads(payload) { .sendZeroCopy(stream, $0) }
        case .splice(let from, let to, let count, let offset):
            return counts(count) { .splice(from: from, to: to, count: $0, at: offset) }
                + offsets(offset) { .splice(from: from, to: to, count: count, at: $0) }
        case .acceptMultishot(let listener, let made) where !made.isEmpty: return [.acceptMultishot(listener, makes: made.dropLast())]
        case .readinessMultishot(let handle, let ways):
            return Readiness.named.filter { ways.contains($0.way) && ways != $0.way }.map {
                .readinessMultishot(handle, ways.subtracting($0.way))
            }
        case .sendMessage(let end, let payload, let receiver): return payloads(payload) { .sendMessage(end, $0, to: receiver) }
        case .receiveMessage(let end, let count): return counts(count) { .receiveMessage(end, count: $0) }
        default: return simplerOption
        }
    }
}
