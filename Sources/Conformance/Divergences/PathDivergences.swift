// Where kernel interfaces disagree about names, opening and closing.

enum PathDivergences {
    static let all: [Divergence] = [
        Divergence(
            41, "Mistakes in paths", "io_uring and the system calls agree on twenty of them.", rule: ["path.errors"],
            .cases([
                "path.not-found", "path.not-directory", "path.is-directory", "path.already-exists", "path.symbolic-link-loop",
                "path.no-follow", "path.dangling-link", "path.name-too-long", "path.path-too-long", "path.permission-denied",
                "path.many-mistakes-at-once", "path.every.*",
            ])),
        Divergence(
            42, "Opening a named pipe without a peer",
            "The system call waits; io_uring opens for reading at once and refuses to open for writing, unless told to use a thread.",
            rule: ["path.named-pipe"], .cases(["path.named-pipe.*"])),
        Divergence(
            43, "Cancelling such an open",
            "io_uring's cancel says that it is too late, and the open ends with a number that only the kernel knows.",
            rule: ["path.named-pipe-cancel", "result.portable"],
            .cases(["path.named-pipe-cancel.*", "cancel.named-pipe-open", "result.portable.ended"])),
        Divergence(
            44, "Descriptors and started programs", "What io_uring opens or is passed stays open in programs unless asked otherwise.",
            rule: ["handle.close-on-exec"], .cases(["handle.close-on-exec.*", "process.spawn.*"])),
        Divergence(
            45, "Renaming and removing", "io_uring and the system calls agree on each mistake.",
            rule: ["rename.moves", "rename.exclusive", "rename.exchange", "unlink.removes", "directory.remove"],
            .cases(["rename.*", "unlink.*", "directory.remove.*"])),
        Divergence(
            46, "What is free once a close is over", "io_uring may let go of the file a little after its close has completed.",
            rule: ["close.lets-go"], .cases(["close.lets-go.*"])),
        Divergence(
            47, "Unknown ways to resolve a path", "Refused; an answer from the cache alone may be refused for now.",
            rule: ["path.malformed"], .cases(["path.malformed.*"])),
        Divergence(
            48, "The process's directory and mask",
            "io_uring uses them as they are while it is submitted, a thread as they are when it comes to it.", rule: ["path.beneath"],
            .cases(["path.beneath.working-directory"])),
        Divergence(
            49, "Operations that only exist as system calls", "Listing, locking, permissions: neither io_uring nor AIO has them.",
            rule: ["directory.list", "lock.waits", "file.set-permissions", "link.read"],
            .cases(["directory.list.*", "lock.*", "file.set-permissions.*", "link.*"])),
    ]
}
