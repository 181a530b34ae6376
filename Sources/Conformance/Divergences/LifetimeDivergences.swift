// Where kernel interfaces disagree about the ends of handles, backends, threads and processes.

enum LifetimeDivergences {
    static let all: [Divergence] = [
        Divergence(
            126, "Closing with an operation in flight",
            "io_uring and AIO keep the file alive, epoll forgets it, a thread stays blocked and takes later bytes.",
            rule: ["close.cancels", "close.ends-stream"],
            .cases(["close.cancels-*", "close.ends-stream.*", "close.steals-nothing.*", "stream.end-pending.*"])),
        Divergence(
            127, "The end of a context with operations in flight", "io_uring cancels them; AIO's are lost without an event.",
            rule: ["shutdown.terminal", "shutdown.releases"], .cases(["shutdown.*"])),
        Divergence(
            128, "Whose memory it is", "The kernel may write until the operation's own completion, whatever was cancelled.",
            rule: ["buffer.owned-until-completion", "stream.zero-copy", "multishot.receive"],
            .cases([
                "buffer.*", "cancel.race-file", "race.cancel-direct-read", "stream.zero-copy.overwritten.*", "multishot.receive.untouched",
            ])),
        Divergence(
            129, "A thread that ends after it has submitted",
            "io_uring cancels its pollable operations, at once or when their event comes; thread pools retire idle threads.",
            rule: ["completion.idle"], .cases(["completion.idle"])),
        Divergence(
            130, "Submitting from several threads", "A ring for one issuer refuses all others.", rule: ["wake.not-lost"],
            .cases(["wake.many-threads", "race.cancel-task"])),
        Divergence(
            131, "Forks and started programs",
            "A child shares a ring and an epoll set with its parent and can disturb both; an AIO context stays behind.",
            rule: ["process.fork-parent", "process.spawn"], .cases(["process.fork", "process.spawn.*"])),
        Divergence(
            132, "What an operation is called", "Any number that the program chooses, or the address of a block.",
            rule: ["completion.identity"], .cases(["completion.identity", "cancel.stale", "race.cancel-stale"])),
    ]
}
