// Where kernel interfaces disagree about being told that something is ready.

enum ReadinessDivergences {
    static let all: [Divergence] = [
        Divergence(
            87, "The readiness of plain files", "epoll refuses them; the others say that they are always ready.",
            rule: ["readiness.files", "readiness.idle"], .cases(["readiness.files", "readiness.multishot-files", "foreign.files"])),
        Divergence(
            88, "The readiness of a bad descriptor", "Refused in a call, in an event or in a completion.",
            rule: ["handle.stale", "foreign.acquire"], .cases(["readiness.refused", "foreign.missing", "foreign.only-path"])),
        Divergence(
            89, "Errors that nobody asked for", "Told everywhere, even when nothing was asked for.",
            rule: ["readiness.unasked"], .cases(["readiness.hang-up.*", "readiness.broken-pipe", "readiness.multishot-hang-up"])),
        Divergence(
            90, "The peer's end as readiness", "All can tell it; AIO has 16 bits to ask with.",
            rule: ["readiness.peer-finished"], .cases(["readiness.peer-finished", "readiness.peer-closed.*"])),
        Divergence(
            91, "Once, for as long as, or at each change", "io_uring and AIO tell once; epoll has three ways, each with surprises.",
            rule: ["readiness.once", "readiness.multishot"],
            .cases(["readiness.receiving.*", "readiness.sending.*", "readiness.multishot.*", "readiness.multishot-ready.*"])),
        Divergence(
            92, "Repeating readiness that nobody collects", "io_uring ends it when its queue is full, and tells so.",
            rule: ["readiness.not-lost", "multishot.ends"],
            .cases(["readiness.multishot-unreaped", "multishot.ends.overflow.*", "multishot.ends.accept-overflow"])),
        Divergence(
            93, "One descriptor twice", "epoll refuses the second registration; the others take any number.",
            rule: ["stream.duplex", "readiness.many"],
            .cases(["stream.duplex*", "readiness.many*", "foreign.same-number-twice"])),
        Divergence(
            94, "A closed descriptor with a copy that lives", "epoll goes on telling of it and cannot be stopped.",
            rule: ["close.cancels", "handle.stale", "readiness.idle"], .cases(["close.with-copy", "readiness.close"])),
        Divergence(
            95, "A descriptor's number that is used again", "What was prepared for the old file happens to the new one.",
            rule: ["handle.stale", "close.cancels"], .cases(["handle.stale.*place-taken", "race.number-reused.*"])),
    ]
}
