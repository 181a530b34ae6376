// Kernels that lack a system call: what has another way goes another way, and the results stay the same.

import CConformance
import IOSpec

enum OldKernelCases {
    static let all: [ConformanceCase] = [
        family("preadv2", [CONFORMANCE_SYS_PREADV2]), family("pwritev2", [CONFORMANCE_SYS_PWRITEV2]),
        family("vectored-flags", [CONFORMANCE_SYS_PREADV2, CONFORMANCE_SYS_PWRITEV2]),
        family("epoll-pwait2", [CONFORMANCE_SYS_EPOLL_PWAIT2]),
        family("statx", [CONFORMANCE_SYS_STATX]), family("openat2", [CONFORMANCE_SYS_OPENAT2]),
    ]

    /// The error of a system call that a kernel does not have.
    private static var notImplemented: Int32 { 38 }

    /// The cases whose operations have more than one way through the kernel.
    private static let chosen = Selection(
        patterns: [
            "file.read-*", "file.write-*", "file.hole*", "file.vectored-*", "file.append-*", "file.direct-*", "file.status-*",
            "file.truncate-*", "file.special.*", "path.not-found", "path.create.*", "path.beneath.*", "path.named-pipe.*",
            "stream.receive-*", "stream.end.*", "stream.send-waits.*", "stream.connect.*", "stream.accept-order.*",
            "stream.broken-pipe-*", "cancel.receive.*", "cancel.timer", "time.never-early.sweep", "time.order.*",
            "time.deadline.receive.*", "time.result-wins.*", "wake.ends-wait", "chain.order*",
        ], level: .must)

    /// Whether a case asks the system itself what the backend is to say, by a call that may be missing; or needs the alignment that is found by that call when a
    /// file is opened, while a ring, to which nothing is denied, goes on to tell it in a status.
    private static func asksTheSystem(_ entry: ConformanceCase) -> Bool {
        let ids = [
            "file.direct-query.as-the-system", "file.status-times.as-the-system", "file.direct-alignment.small",
            "file.direct-alignment.segments", "file.direct-alignment.append",
        ]
        return ids.contains(entry.id)
    }

    private static func family(_ name: String, _ calls: [Int32]) -> ConformanceCase {
        ConformanceCase(
            "availability.without.\(name)", proves: "availability.probed", "availability.typed-reason",
            title: "On a kernel without a system call files and streams behave as ever", requires: .nativeSystem, needs: [.manyDescriptors],
            isolation: .childProcess, timeLimit: 60, body: runChosenCases
        ).prepared { try Native.denySystemCalls(calls, error: notImplemented) }
    }

    private static func runChosenCases(_ c: CaseContext) throws {
        c.dropBackend()
        var proved = 0
        var skipped: Set<String> = []
        for entry in try chosen.select(from: CaseCatalogue.all) where entry.isolation == .inProcess && !asksTheSystem(entry) {
            do {
                if try prove(entry, c) { proved += 1 } else { skipped.insert(entry.area) }
            } catch let failure as CaseFailure {
                throw CaseFailure("\(entry.id): \(failure.message)", clause: failure.clause ?? entry.clauses.first, kind: failure.kind)
            } catch let error as IOError {
                throw CaseFailure("\(entry.id): acquiring failed with \(c.describe(error))", clause: entry.clauses.first)
            }
        }
        if proved == 0 { try c.skip(.kernel("without the system call the backend claims nothing that can be proved")) }
        let left = skipped.isEmpty ? "" : "; not claimed without it: some of \(skipped.sorted().joined(separator: ", "))"
        c.measured("\(proved) cases hold\(left)")
    }

    /// Whether a case was proved on a fresh backend; false when it needs what is not claimed.
    private static func prove(_ entry: ConformanceCase, _ c: CaseContext) throws -> Bool {
        // What a case remarks it remarks where it runs for itself.
        let notes = c.notes
        defer { c.notes = notes }
        return try c.withAnotherBackend(entry.configuration) { other in
            if !other.capabilities.isSuperset(of: entry.requires) { return false }
            do {
                try entry.body(other)
            } catch is Skip {
                return false
            }
            return true
        }
    }
}
