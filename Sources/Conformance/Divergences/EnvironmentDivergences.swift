// Where kernel interfaces disagree about signals, scheduling, limits and policies.

enum EnvironmentDivergences {
    static let all: [Divergence] = [
        Divergence(
            133, "Interrupted waits", "Every wait can be interrupted, also by signals that restart calls.",
            rule: ["completion.no-interrupt"],
            .cases(["completion.no-interrupt"])),
        Divergence(
            134, "What completes while it is submitted", "On io_uring whatever need not wait; on AIO buffered reads; on epoll nothing.",
            rule: ["completion.not-from-submit"],
            .cases(["completion.not-from-submit", "completion.nop", "completion.queue-full-unreaped"])),
        Divergence(
            135, "Waking a thread that waits", "A submission from elsewhere wakes a ring; the others need a descriptor of their own.",
            rule: ["wake.not-lost", "wake.empty"], .cases(["wake.*", "race.wake"])),
        Divergence(
            136, "More completions than the queue holds", "Recent kernels keep them, earlier ones dropped them or refused to go on.",
            rule: ["completion.burst", "multishot.ends"],
            .cases(["completion.burst-*", "completion.many-nops", "multishot.ends.overflow.*", "multishot.ends.accept-overflow"])),
        Divergence(
            137, "AIO's system-wide limit", "65,536 operations in all; a context for one takes 120.", rule: ["completion.burst"],
            .cases(["completion.burst-thousands", "completion.burst-pending"])),
        Divergence(
            138, "Blocked operations that fill the threads",
            "Eight blocked opens keep io_uring from opening anything else, as they do a pool.",
            rule: ["completion.bounded-progress"], .cases(["completion.bounded-*", "path.named-pipe.blocks-nobody"])),
        Divergence(
            139, "Limits of the process",
            "Little locked memory forbids registered buffers; without descriptors there is no ring and no epoll, but AIO.",
            rule: ["availability.typed-reason", "register.memory"],
            .cases([
                "availability.out-of-descriptors", "availability.little-locked-memory", "availability.configuration",
                "register.memory.limit",
            ])),
        Divergence(
            140, "What is there at all",
            "A policy may deny the set-up, or only its use; an opcode that is missing looks like a wrong argument.",
            rule: ["availability.probed", "availability.typed-reason"],
            .cases(["availability.denied.*", "availability.missing.*", "availability.mechanism.*", "availability.without.*"])),
        Divergence(
            141, "Fairness", "What is always ready starves what is not.", rule: ["completion.fair"], .cases(["completion.fair-*"])),
    ]
}
