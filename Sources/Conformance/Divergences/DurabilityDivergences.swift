// Where kernel interfaces disagree about what has reached storage, and about how much there is of it.

enum DurabilityDivergences {
    static let all: [Divergence] = [
        Divergence(
            36, "Synchronizing what is no file",
            "Pipes and sockets are refused, by AIO from the submitting call; read-only files and directories succeed.",
            rule: ["file.sync"], .cases(["file.sync-*"])),
        Divergence(
            37, "A write and a synchronize submitted together",
            "They may run at once; that the write is often done while it is submitted hides it.", rule: ["file.sync-covers"],
            .untestable("only a crash of the machine shows what had reached storage")),
        Divergence(
            38, "Allocating storage",
            "io_uring and the system call agree on every mistake; AIO has no such operation.",
            rule: ["space.allocate", "space.punch-hole", "space.range"], .cases(["space.*"])),
        Divergence(
            39, "Setting a file's size",
            "io_uring has it on recent kernels only; beyond the limit of sizes only the system call raises a signal.",
            rule: ["file.truncate", "file.too-large"],
            .cases(["file.truncate-*", "file.too-large.truncate", "result.offset-limit.truncate", "handle.wrong-access.file"])),
        Divergence(
            40, "An error when the cache is written back", "Told once for each open file, by whichever synchronize comes first.",
            rule: ["file.sync"],
            .untestable("it takes a device that loses writes, which a process cannot make for itself")),
    ]
}
