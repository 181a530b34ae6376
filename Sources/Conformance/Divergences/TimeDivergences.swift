// Where kernel interfaces disagree about timers and deadlines.

enum TimeDivergences {
    static let all: [Divergence] = timers + deadlines

    private static let timers: [Divergence] = [
        Divergence(
            109, "A timer of no length", "io_uring's fires at once; a timer descriptor is switched off by it.", rule: ["time.past-fires"],
            .cases(["time.past-fires.*"])),
        Divergence(
            110, "A negative length", "Refused, or for ever, depending on the call.", rule: ["time.past-fires"],
            .cases(["time.past-fires.past", "time.deadline.past"])),
        Divergence(
            111, "More nanoseconds than a second has", "Some calls take them, some refuse them.", rule: ["time.never-early"],
            .cases(["time.never-early.odd-nanoseconds"])),
        Divergence(
            112, "The far past and the far future", "The past fires at once; milliseconds of 32 bits overflow after 24.8 days.",
            rule: ["time.far-future", "time.past-fires"], .cases(["time.far-future.*", "time.past-fires.past", "time.deadline.far"])),
        Divergence(
            113, "Firing early", "None does; they are late by 16 to 71 microseconds at best.", rule: ["time.never-early"],
            .cases(["time.never-early.*"])),
        Divergence(
            114, "The order of timers", "io_uring fires by instant, equal ones as they were submitted.", rule: ["time.order"],
            .cases(["time.order.*"])),
        Divergence(
            115, "What a timer that fires says", "io_uring calls it an error, which breaks a chain unless asked otherwise.",
            rule: ["chain.timer"], .cases(["chain.timer"])),
        Divergence(
            116, "Which clock", "Some stop while the machine sleeps, some go on, some are set by hand.", rule: ["time.never-early"],
            .cases(["time.never-early.system-clock"])),
        Divergence(
            118, "Changing a timer that is about to fire", "Done, or no longer found.", rule: ["cancel.race", "completion.exactly-one"],
            .cases(["race.replace-timer", "cancel.race-timer"])),
    ]

    private static let deadlines: [Divergence] = [
        Divergence(
            117, "A deadline that races with its operation",
            "io_uring's own deadline completes in four different ways; the operation's result alone tells.",
            rule: ["time.deadline-race", "stream.conservation"],
            .cases(["race.deadline-receive.*", "time.deadline-race.*", "stream.conservation-deadlines.*"])),
        Divergence(
            119, "A deadline on what cannot be interrupted", "It comes late, with the true result.", rule: ["time.uninterruptible"],
            .cases(["time.uninterruptible.*"])),
        Divergence(
            120, "A deadline in the past where data is ready", "io_uring gives the data; a loop may choose either.",
            rule: ["time.result-wins"], .cases(["time.result-wins.*"])),
    ]
}
