// Whether waiting keeps a processor busy.

import Glibc
import IOSpec

extension CaseContext {
    /// How long idleness is judged at least.
    private static var idleMilliseconds: Int64 { 200 }
    /// How long the process rests for comparison.
    private static var restMilliseconds: Int64 { 100 }
    /// What a thread that never rests must have used before anything is compared with it, in nanoseconds.
    private static var measurableTime: Int64 { 60_000_000 }
    /// How many times in a row a wait must have kept the processor busy.
    private static var spans: Int { 3 }

    /// Checks that the process leaves the processor alone while the backend has nothing to do, and that none of `ids` completes meanwhile.
    ///
    /// A thread that never rests goes on beside it: what keeps a processor busy gets as much of one as that thread, however loaded or slow the machine is.
    /// What rests uses little more than the same thread in a plain wait of the system, however often either is interrupted. What keeps a processor busy does
    /// so all the time, while a machine that is taken away from its system charges that time to whoever ran: once, not three times in a row.
    func expectIdle(_ ids: OperationID..., what: String, clause: String) throws {
        guard capabilities.contains(.nativeSystem) else { return try expectPending(ids, what: what) }
        let restless = try RestlessThread()
        let rest = usage(beside: restless, for: Self.restMilliseconds) { pause in
            _ = Glibc.poll(nil, 0, Int32(clamping: (pause.nanoseconds - now.nanoseconds) / 1_000_000 + 1))
        }
        var words = ""
        for _ in 0..<Self.spans {
            let wait = try measurableWait(beside: restless)
            try expectIncomplete(ids, what: what)
            if wait.spun < Self.measurableTime {
                try skip(.environment("a thread that never rests got \(wait.spun / 1000) µs of a processor, too little to compare with"))
            }
            let allowed = wait.allowed(besides: rest)
            if wait.used < allowed { return }
            words =
                "it used \(wait.used / 1000) µs of \(wait.elapsed / 1000), of which a thread that never rests got \(wait.spun / 1000); "
                + "\(allowed / 1000) are allowed"
        }
        throw CaseFailure("expected that \(what) leaves the processor alone (\(words))", clause: clause)
    }

    /// Waits until a thread that never rests has used enough of a processor for a comparison.
    private func measurableWait(beside restless: RestlessThread) throws -> ProcessorUsage {
        var wait = try usage(beside: restless, for: Self.idleMilliseconds) { try reap(until: $0) }
        while wait.spun < Self.measurableTime, Self.clock < end {
            wait += try usage(beside: restless, for: Self.idleMilliseconds) { try reap(until: $0) }
        }
        return wait
    }

    /// Where no kernel is underneath, waiting costs no time at all.
    private func expectPending(_ ids: [OperationID], what: String) throws {
        let pause = after(milliseconds: Self.idleMilliseconds)
        while now < pause { try reap(until: pause) }
        try expectIncomplete(ids, what: what)
    }

    private func expectIncomplete(_ ids: [OperationID], what: String) throws {
        for id in ids where isComplete(id) { throw CaseFailure("\(what) must wait, and \(describe(try complete(id)))") }
    }

    /// What is used of processors while `wait` waits, again and again, until so much time has passed.
    private func usage(
        beside restless: RestlessThread, for milliseconds: Int64, _ wait: (_ pause: Instant) throws -> Void
    ) rethrows -> ProcessorUsage {
        let before = ProcessorUsage.soFar(with: restless)
        let pause = after(milliseconds: milliseconds)
        while now < pause { try wait(pause) }
        return ProcessorUsage.soFar(with: restless) - before
    }
}
