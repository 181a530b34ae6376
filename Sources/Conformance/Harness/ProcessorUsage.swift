// How much of processors was used in some time, beside a thread that never rests.

/// Times in nanoseconds: what a thread that never rests used of processors, what the rest of the process used, and how much passed.
struct ProcessorUsage {
    var spun: Int64
    var used: Int64
    var elapsed: Int64

    /// What a wait may use that leaves the processor alone: a quarter of what never rests got meanwhile, and twice what a plain wait used, `rest`, in as much time.
    func allowed(besides rest: ProcessorUsage) -> Int64 {
        spun / 4 + 2 * rest.used * elapsed / rest.elapsed
    }

    static func soFar(with restless: RestlessThread) -> ProcessorUsage {
        let spun = restless.used
        return ProcessorUsage(spun: spun, used: Native.processorTime - spun, elapsed: CaseContext.clock)
    }

    static func - (left: ProcessorUsage, right: ProcessorUsage) -> ProcessorUsage {
        ProcessorUsage(spun: left.spun - right.spun, used: left.used - right.used, elapsed: left.elapsed - right.elapsed)
    }

    static func += (left: inout ProcessorUsage, right: ProcessorUsage) {
        left = ProcessorUsage(spun: left.spun + right.spun, used: left.used + right.used, elapsed: left.elapsed + right.elapsed)
    }
}
