// Where kernel interfaces disagree about pipes, named pipes and terminals.

enum PipeDivergences {
    static let all: [Divergence] = [
        Divergence(
            50, "More bytes than a pipe holds",
            "A blocking write moves all; io_uring stops when the pipe is full; AIO blocks inside the submitting call.",
            rule: ["stream.full-send"], .cases(["stream.full-send.pipe", "stream.send-waits.pipe", "stream.send-uneven.pipe"])),
        Divergence(
            51, "A full pipe", "io_uring waits whatever the descriptor's mode; the others say that it would block.",
            rule: ["stream.full-send"], .cases(["stream.send-waits.pipe", "stream.non-blocking.pipe", "time.partial.pipe"])),
        Divergence(
            52, "An empty pipe and AIO", "With a blocking descriptor the submitting call itself hangs.",
            rule: ["stream.receive-some", "cancel.prompt"], .cases(["stream.receive-waits.*", "cancel.receive.*"])),
        Divergence(
            53, "A small write into a nearly full pipe", "Nothing of it is moved; it waits, or would block.", rule: ["stream.pipe-atomic"],
            .cases(["stream.pipe-atomic", "stream.pipe-atomic-cancelled"])),
        Divergence(
            54, "The end of a pipe and of a terminal",
            "A pipe ends with 0; a terminal whose other side is closed fails with an input error.",
            rule: ["stream.receive-some"], .cases(["stream.end.*", "stream.end-pending.*", "stream.terminal-end"])),
        Divergence(
            55, "The signal of a broken pipe",
            "A write of io_uring raises it when it runs while it is submitted, and not when a thread runs it; AIO's and the system call's always do.",
            rule: ["stream.no-signal", "stream.broken-pipe"], .cases(["stream.no-signal.*", "stream.no-signal-pending.*"])),
        Divergence(
            56, "Several operations in one direction",
            "io_uring and AIO serve waiting receives and sends last first, io_uring accepts first first.", rule: ["stream.order"],
            .cases(["stream.order-*", "stream.accept-order.*"])),
        Divergence(
            57, "Receiving less than was asked for", "What is there is given, on pipes and sockets alike.", rule: ["stream.receive-some"],
            .cases(["stream.receive-some.*", "stream.receive-pieces.*"])),
    ]
}
