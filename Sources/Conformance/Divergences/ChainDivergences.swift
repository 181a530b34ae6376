// Where kernel interfaces disagree about chains, barriers and batches.

enum ChainDivergences {
    static let all: [Divergence] = [
        Divergence(
            121, "What breaks a chain",
            "On io_uring an error or a short file transfer does, a short receive does not; nothing else has chains.",
            rule: ["chain.breaks", "chain.order"], .cases(["chain.breaks-*", "chain.order*"])),
        Divergence(
            122, "A chain that is cut",
            "io_uring starts what is behind the end of a submitting call by itself; one bad member cancels earlier ones.",
            rule: ["chain.whole"], .cases(["chain.whole*", "chain.breaks-invalid-last"])),
        Divergence(
            123, "Barriers", "On io_uring what comes later waits, too; nothing else has barriers.",
            rule: ["barrier.waits", "barrier.not-overtaken"], .cases(["barrier.*"])),
        Divergence(
            124, "A mistake in a batch", "io_uring leaves what is behind it for the next call unless asked otherwise.",
            rule: ["completion.independent"],
            .cases(["completion.independent", "path.open.many-at-once", "path.many-mistakes-at-once", "file.sync-beside-writes"])),
        Divergence(
            125, "Chains and barriers where there are none", "AIO and system calls have neither.",
            rule: ["chain.order", "chain.independent", "barrier.waits"], .cases(["chain.*", "barrier.*"])),
    ]
}
