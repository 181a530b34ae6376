// Where kernel interfaces disagree about being told that something is ready.

enum ReadinessDivergences {
    static let all: [Divergence] = [
        Divergence(
            87, "The readiness of plain files", "epoll refuses them; the others say that they are always ready.",
            .pending(["readiness.*"])),
        Divergence(
            88, "The readiness of a bad descriptor", "Refused in a call, in an event or in a completion.", .pending(["readiness.*"])),
        Divergence(
            89, "Errors that nobody asked for", "Told everywhere, even when nothing was asked for.", .pending(["readiness.*"])),
        Divergence(90, "The peer's end as readiness", "All can tell it; AIO has 16 bits to ask with.", .pending(["readiness.*"])),
        Divergence(
            91, "Once, for as long as, or at each change", "io_uring and AIO tell once; epoll has three ways, each with surprises.",
            .pending(["readiness.*"])),
        Divergence(
            92, "Repeating readiness that nobody collects", "io_uring ends it when its queue is full, and tells so.",
            .pending(["multishot.*"])),
        Divergence(
            93, "One descriptor twice", "epoll refuses the second registration; the others take any number.", rule: ["stream.duplex"],
            .cases(["stream.duplex*"])),
        Divergence(
            94, "A closed descriptor with a copy that lives", "epoll goes on telling of it and cannot be stopped.",
            rule: ["close.cancels", "handle.stale"], .cases(["close.with-copy"])),
        Divergence(
            95, "A descriptor's number that is used again", "What was prepared for the old file happens to the new one.",
            rule: ["handle.stale", "close.cancels"], .cases(["handle.stale.*place-taken", "race.number-reused.*"])),
    ]
}
