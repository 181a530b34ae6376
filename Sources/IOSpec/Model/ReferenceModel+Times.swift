// Judging the times of files.

extension ReferenceModel {
    /// A file system may keep times less exactly, but to two seconds.
    private static var coarseness: Int64 { 2_000_000_000 }

    /// Judges the times that a status tells, and remembers them.
    mutating func judgeTimes(_ operation: ModelOperation, _ observation: Observation) throws(Refusal) {
        guard case .status(let handle) = operation.operation, let told = observation.times, let start = operation.start else { return }
        if operations.values.contains(where: { $0.operation.mayChangeTimes }) { return }
        let known = fileTimes.times(of: handle.index, since: start)
        for (known, told) in [(known?.access, told.access), (known?.modification, told.modification)] {
            guard let known, told > known || told <= known.subtractingCoarseness(Self.coarseness) else { continue }
            throw Refusal(
                "file.set-times", allowed: "operation \(operation.number): the time \(known)", seen: "the time \(told)")
        }
        fileTimes.note(told, of: handle.index, since: start)
    }

    mutating func noteTimesBegin(_ operation: ModelOperation) {
        guard operation.operation.mayChangeTimes else { return }
        if case .setTimes(let handle, _, _) = operation.operation, operation.mistakes.isEmpty {
            fileTimes.begin(operation.number, handle.index, at: times.now)
        } else {
            fileTimes.disturb(at: times.now)
        }
    }

    mutating func noteTimesEnd(_ operation: ModelOperation, _ result: ModelResult) {
        guard operation.operation.mayChangeTimes else { return }
        if case .setTimes(let handle, let access, let modification) = operation.operation, result.isCount {
            fileTimes.end(operation.number, handle.index, access, modification, at: times.now)
        } else {
            fileTimes.disturb(at: times.now)
        }
    }
}

extension SymbolicOperation {
    /// Whether the times of any file may be others afterwards.
    fileprivate var mayChangeTimes: Bool {
        switch self {
        case .status, .pathStatus, .advise: false
        case .splice, .setTimes, .listPiece: true
        default: isAboutFiles
        }
    }
}

extension Int64 {
    fileprivate func subtractingCoarseness(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? .min : difference
    }
}
