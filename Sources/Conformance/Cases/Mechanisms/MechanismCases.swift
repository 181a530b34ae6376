// Whether each operation is carried out as is published.

import IOSpec

enum MechanismCases {
    static let all: [ConformanceCase] = OperationKind.allCases.map(claim) + [submissionTime]

    /// In a process of its own, all of whose threads can be looked at.
    private static func claim(of kind: OperationKind) -> ConformanceCase {
        let probe = MechanismProbe(of: kind)
        return ConformanceCase(
            "mechanism.\(kind)", proves: "availability.mechanism-holds", requires: probe.requires.union(.nativeSystem),
            isolation: .childProcess
        ) { c in
            let claim = c.mechanism(of: kind)
            for sample in try probe.samples(c) {
                let record = try MechanismRecord(sample, calls: probe.calls, c)
                try MechanismCheck(
                    kind: kind, claim: claim, isWaiting: sample.release != nil, isOrdinary: sample.isOrdinary, record: record
                ).run()
            }
        }
    }

    /// What submitting costs depends on the machine, so no figure is judged.
    private static let submissionTime = ConformanceCase(
        "mechanism.submission-time", proves: "availability.mechanism-holds", title: "How long submitting takes, by mechanism", level: .may,
        requires: .nativeSystem
    ) { c in
        var times: [String: [Int64]] = [:]
        for kind in OperationKind.allCases {
            let probe = MechanismProbe(of: kind)
            let claim = c.mechanism(of: kind)
            guard claim != .unsupported, c.capabilities.isSuperset(of: probe.requires) else { continue }
            for sample in try probe.samples(c) {
                let begin = CaseContext.clock
                let id = try c.submit(sample.operation)
                times["\(claim)", default: []].append(CaseContext.clock - begin)
                try c.turn()
                try sample.release?(id)
                _ = try c.complete(id)
            }
        }
        c.informational(times.sorted { $0.key < $1.key }.map(describe).joined(separator: ", "))
    }

    private static func describe(_ mechanism: String, _ times: [Int64]) -> String {
        let sorted = times.sorted()
        let microseconds = [sorted[0], sorted[sorted.count / 2], sorted[sorted.count - 1]].map { "\(($0 + 999) / 1000)" }
        return "\(mechanism) \(microseconds.joined(separator: "–")) µs in \(times.count)"
    }
}
