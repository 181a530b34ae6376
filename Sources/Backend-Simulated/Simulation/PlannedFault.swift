// One planned fault of one run.

/// A fault whose step and length the seed has chosen.
struct PlannedFault {
    enum Kind {
        case crash(host: String, restart: Int64?)
        case partition(first: String, second: String, duration: Int64)
    }

    let step: Int
    let kind: Kind
}

extension FaultPlan {
    /// Chooses all steps and lengths, and puts the faults in their order.
    func choose(by chance: inout SeededRandom) -> [PlannedFault] {
        var faults: [PlannedFault] = []
        for crash in crashes {
            let step = Int(chance.number(in: crash.step.widened))
            let restart = crash.restart.map { chance.number(in: $0) }
            faults.append(PlannedFault(step: step, kind: .crash(host: crash.host, restart: restart)))
        }
        for partition in partitions {
            let step = Int(chance.number(in: partition.step.widened))
            let duration = chance.number(in: partition.duration)
            faults.append(
                PlannedFault(step: step, kind: .partition(first: partition.first, second: partition.second, duration: duration)))
        }
        return faults.enumerated().sorted { ($0.element.step, $0.offset) < ($1.element.step, $1.offset) }.map(\.element)
    }
}

extension ClosedRange<Int> {
    fileprivate var widened: ClosedRange<Int64> { Int64(lowerBound)...Int64(upperBound) }
}
