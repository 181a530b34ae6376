// Where kernel interfaces disagree about ending operations early.

enum CancellationDivergences {
    static let all: [Divergence] = [
        Divergence(
            96, "Cancelling what is unknown", "io_uring does not find it, AIO says that the argument is wrong.", rule: ["cancel.harmless"],
            .cases(["cancel.unknown"])),
        Divergence(
            97, "A cancel that comes before its operation", "io_uring does not find it, and the operation goes on.",
            rule: ["cancel.before-start"], .cases(["cancel.before-start.*", "barrier.cancelled-waiting", "chain.cancel-each-position"])),
        Divergence(
            98, "Cancelling what waits", "The cancel completes before what it cancels.", rule: ["cancel.request", "cancel.prompt"],
            .cases(["cancel.receive.*", "cancel.timer", "cancel.accept.*"])),
        Divergence(
            99, "Cancelling twice, and too late", "Not found, or a wrong argument.", rule: ["cancel.harmless", "cancel.request"],
            .cases(["cancel.repeated", "cancel.unknown", "cancel.every-second"])),
        Divergence(
            100, "A cancel that races with its operation", "One of the two results; no byte and no connection was ever lost.",
            rule: ["cancel.race", "stream.conservation", "stream.accept-race"],
            .cases(["race.cancel-receive.*", "race.cancel-accept.*", "stream.conservation-receives.*", "stream.accept-race.*"])),
        Divergence(
            101, "Cancelling a transfer that the device is at",
            "io_uring does not find it while it still runs; AIO refuses; a thread cannot be interrupted.",
            rule: ["cancel.race", "buffer.owned-until-completion"],
            .cases(["race.cancel-direct-read", "cancel.race-file", "time.uninterruptible.*"])),
        Divergence(
            102, "Cancelling what a kernel's thread waits in", "Reads end as cancelled, opens and connects in other words.",
            rule: ["cancel.prompt", "result.portable"],
            .cases(["cancel.receive.pipe", "cancel.named-pipe-open", "stream.connect-cancelled.*", "result.portable.ended"])),
        Divergence(
            103, "Cancelling a poll of AIO", "The call says that it is in progress, and the event says that nothing is ready.",
            rule: ["cancel.prompt", "cancel.result-wins", "readiness.ends"],
            .cases([
                "readiness.cancel", "readiness.cancel-ready", "cancel.receive.*", "cancel.accept.*", "cancel.result-wins-late.*",
                "cancel.result-wins-named-pipe",
            ])),
        Divergence(
            104, "Which operation a cancel finds", "io_uring matches a number that the program chose, and may find a later operation.",
            rule: ["cancel.harmless", "completion.identity"], .cases(["cancel.stale", "race.cancel-stale"])),
        Divergence(
            105, "Cancelling what repeats", "One more completion, the last.",
            rule: ["multishot.ends", "multishot.conserves", "readiness.ends"],
            .cases(["multishot.ends.*", "multishot.conserves.*", "readiness.multishot-cancelled", "readiness.close"])),
        Divergence(
            106, "A cancelled operation that made a descriptor", "The kernel hands it over all the same.",
            rule: ["stream.accept-race", "multishot.conserves", "path.named-pipe-cancel"],
            .cases([
                "multishot.conserves.*", "race.cancel-accept.*", "race.cancel-open", "stream.accept-race.*", "path.named-pipe-cancel.race",
            ])),
        Divergence(
            107, "Cancelling a member of a chain", "Not found before it has started; cancelling the first ends the rest.",
            rule: ["chain.cancel"], .cases(["chain.cancel-each-position", "chain.cancel-running"])),
        Divergence(
            108, "Cancelling a task of the language", "No kernel knows of it.", rule: ["cancel.race", "completion.exactly-one"],
            .cases(["race.cancel-task"])),
    ]
}
