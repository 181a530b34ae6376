// How much of processors was used in some time, beside a thread that never rests.

/// Times in nanoseconds: what a thread that never rests used of processors, what the rest of the process used, and how much passed.
struct ProcessorUsage {
    var spun: Int64
    var used: Int64
    var elapsed: Int64

    /// How far apart, in nanoseconds, two looks at the same clock may be for what was seen between them to count as seen at once.
    private static var atOnce: Int64 { 100_000 }

    /// What a wait may use that leaves the processor alone: an eighth of what never rests got meanwhile, and twice what a plain wait used, `rest`, in as much time.
    func allowed(besides rest: ProcessorUsage) -> Int64 {
        spun / 8 + 2 * max(0, rest.used) * elapsed / rest.elapsed
    }

    /// What was used up to now.
    ///
    /// The two clocks are read one after the other, and this thread may be interrupted in between while the other one goes on: of a few looks the closest counts.
    static func soFar(with restless: RestlessThread) -> ProcessorUsage {
        var closest = look(at: restless)
        for _ in 0..<20 where closest.gap > atOnce {
            let next = look(at: restless)
            if next.gap < closest.gap { closest = next }
        }
        return closest.usage
    }

    private static func look(at restless: RestlessThread) -> (usage: ProcessorUsage, gap: Int64) {
        let spun = restless.used
        let whole = Native.processorTime
        return (ProcessorUsage(spun: spun, used: whole - spun, elapsed: CaseContext.clock), restless.used - spun)
    }

    static func - (left: ProcessorUsage, right: ProcessorUsage) -> ProcessorUsage {
        ProcessorUsage(spun: left.spun - right.spun, used: left.used - right.used, elapsed: left.elapsed - right.elapsed)
    }

    static func += (left: inout ProcessorUsage, right: ProcessorUsage) {
        left = ProcessorUsage(spun: left.spun + right.spun, used: left.used + right.used, elapsed: left.elapsed + right.elapsed)
    }
}
