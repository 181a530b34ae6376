// Where kernel interfaces disagree about reading and writing files.

enum FileDivergences {
    static let all: [Divergence] = ends + limits + kinds + transfers

    private static let ends: [Divergence] = [
        Divergence(
            1, "Reading at the end and past it", "Everywhere 0, however far past.", rule: ["file.end-of-file"],
            .cases(["file.read-at-end", "file.read-empty", "file.read-end-moves"])),
        Divergence(
            2, "Reading across the end", "Everywhere short, up to the end.", rule: ["file.end-of-file", "file.untouched-past-count"],
            .cases(["file.read-across-end", "file.vectored-across-end", "result.moved-is-reported.end-of-file"])),
        Divergence(
            3, "Offset -1", "io_uring and preadv2 use and move the current position; pread and AIO refuse it.",
            rule: ["result.offset-limit", "file.positional"], .cases(["result.offset-limit.negative", "file.read-again"])),
        Divergence(
            4, "Other negative offsets", "Refused everywhere; AIO says so from the submitting call, the others in the completion.",
            rule: ["completion.own-error", "result.offset-limit"], .cases(["result.offset-limit.negative", "completion.own-error"])),
        Divergence(
            5, "The current position after a positional transfer", "Untouched everywhere, in append mode too.", rule: ["file.positional"],
            .cases(["file.read-again", "file.read-one-byte-at-a-time", "file.write-over"])),
        Divergence(
            6, "Several transfers at the current position at once",
            "io_uring keeps the order of submission on some file systems; threads keep none.", rule: ["file.positional"],
            .cases(["file.read-many-at-once", "file.write-many-at-once"])),
        Divergence(
            9, "A positional write in append mode", "Everywhere the offset is ignored and the write goes to the end.",
            rule: ["file.append"], .cases(["file.append-not-positional", "file.append-elsewhere"])),
        Divergence(
            10, "Appends at once", "Nothing overlaps; io_uring keeps the order of submission, threads keep none.",
            rule: ["file.append-concurrent"], .cases(["file.append-concurrent.*"])),
        Divergence(
            11, "Writing past the end", "Leaves a hole that reads as zeros and takes no storage.", rule: ["file.holes"],
            .cases(["file.hole", "file.hole-in-short-file", "file.status-holes"])),
    ]

    private static let limits: [Divergence] = [
        Divergence(
            7, "Offset and length that overflow",
            "Refused at the largest number; beyond the file system's own limit the file is too large.",
            rule: ["result.offset-limit", "file.too-large"],
            .cases(["result.offset-limit.overflow", "result.offset-limit.end", "file.too-large.file-system"])),
        Divergence(
            12, "Offsets beyond 4 GiB", "Good everywhere, when the interface's 64 bits are all used.", rule: ["file.large-offset"],
            .cases(["file.large-offset*"])),
        Divergence(
            13, "Lengths beyond 2 GiB",
            "System calls and AIO stop a page short of 2 GiB; io_uring keeps 32 bits, so that 5 GiB silently become 1 GiB.",
            rule: ["result.transfer-limit"], .cases(["result.transfer-limit.*"])),
        Divergence(
            14, "Lengths whose sum overflows", "AIO refuses them when submitted; the others report a bad address.",
            rule: ["result.segment-limit", "result.transfer-limit"],
            .cases(["result.segment-limit.sum", "result.segment-limit.sum-overflows", "result.transfer-limit.negative-length"])),
        Divergence(
            24, "The number of segments", "None moves nothing, 1,024 may name the same memory, one more is refused.",
            rule: ["result.segment-limit", "file.vectored"],
            .cases([
                "result.segment-limit.count", "result.zero-length.segments", "file.vectored-most-segments",
                "file.vectored-aliasing-write",
            ])),
        Divergence(
            27, "No storage left", "Everywhere the write that meets the end of the storage is short, and the next one fails.",
            rule: ["file.no-space", "result.moved-is-reported"], .cases(["file.no-space.*", "file.special.full"])),
        Divergence(
            28, "A limit on the size of files",
            "The crossing write is short, the next one fails; system calls and AIO raise a signal that ends the process, io_uring none.",
            rule: ["file.too-large", "stream.no-signal"], .cases(["file.too-large.*"])),
    ]

    private static let kinds: [Divergence] = [
        Divergence(
            8, "An offset where there are no positions",
            "On a pipe io_uring and AIO ignore it and read; on a socket they refuse all but 0; pread refuses both.",
            rule: ["file.not-seekable"], .cases(["handle.wrong-kind.pipe", "handle.wrong-kind.stream"])),
        Divergence(
            15, "Length 0",
            "On a directory io_uring says 0, a read says that it is a directory, AIO that the argument is wrong; a closed pipe takes it.",
            rule: ["result.zero-length"], .cases(["result.zero-length.*"])),
        Divergence(
            16, "A receive of length 0 on an empty stream", "A socket's receive waits for bytes, its read does not.",
            rule: ["result.zero-length"], .cases(["result.zero-length.receive.*", "result.zero-length.beside-pending"])),
        Divergence(
            17, "Reading a directory", "Refused as a directory, by AIO as a wrong argument and from the submitting call.",
            rule: ["handle.wrong-kind"], .cases(["handle.wrong-kind.directory"])),
        Divergence(
            18, "The wrong direction", "A bad descriptor everywhere, by AIO from the submitting call.", rule: ["handle.wrong-access"],
            .cases(["handle.wrong-access.*", "result.zero-length.access"])),
        Divergence(
            19, "Descriptors that only name a file", "Every transfer on them is refused.", rule: ["path.malformed"],
            .cases(["path.malformed.unknown-options"])),
        Divergence(
            20, "A bad descriptor in a batch",
            "io_uring runs the others; AIO starts those before it and forgets those behind it.",
            rule: ["completion.independent", "completion.own-error"],
            .cases(["completion.independent", "file.read-batch-with-mistakes", "path.many-mistakes-at-once"])),
        Divergence(
            21, "Files that the kernel makes up", "AIO refuses what has no asynchronous method; the others read it.",
            rule: ["file.special"], .cases(["file.special.*"])),
        Divergence(
            22, "Reading a descriptor that can be polled and not read",
            "io_uring waits for ever, AIO says that the argument is wrong.", rule: ["result.portable"],
            .cases(["path.open.nameless"])),
        Divergence(
            23, "Memory that is not there", "A bad address, or as much as fitted before it, everywhere.",
            .untestable("a region of memory that is not there cannot be lent without breaking the promise that comes with lending it")),
    ]

    private static let transfers: [Divergence] = [
        Divergence(
            25, "Direct transfers that are not aligned", "Refused everywhere, by AIO in the event; a read across the end is short.",
            rule: ["file.direct-alignment", "file.direct-query"],
            .cases(["file.direct-alignment.*", "file.direct-tail", "file.direct-zero-length", "file.direct-query.*"])),
        Divergence(
            26, "Direct transfers on storage in memory", "Recent kernels open such files, earlier ones refuse the option.",
            rule: ["file.direct-query"], .cases(["file.direct-query.in-memory"])),
        Divergence(
            29, "Reads that must not wait for the device",
            "What is not cached is refused everywhere; for buffered writes io_uring and system calls give different reasons.",
            rule: ["file.full-transfer"], .cases(["file.read-uncached"])),
        Divergence(
            30, "Unknown flags of a transfer", "Refused everywhere, by AIO from the submitting call.", rule: ["path.malformed"],
            .cases(["path.malformed.unknown-options"])),
        Divergence(
            31, "Non-blocking mode on a plain file", "Without effect everywhere.", rule: ["file.full-transfer"],
            .cases(["file.read-uncached"])),
        Divergence(
            32, "A large read of what is not cached",
            "AIO reads it all inside the submitting call unless the file is direct; io_uring submits most of it.",
            rule: ["file.full-transfer"], .cases(["file.read-uncached"])),
        Divergence(
            33, "The order of completions", "Direct reads complete in any order.", rule: ["completion.unordered"],
            .cases(["completion.unordered", "file.direct-many-at-once"])),
        Divergence(
            34, "Short transfers away from the end", "io_uring goes on by itself; the others may stop short.",
            rule: ["file.full-transfer"],
            .cases(["file.read-large", "file.read-whole", "file.write-*", "file.vectored-large", "file.direct-large"])),
        Divergence(
            35, "Holes and storage that was never written", "Zeros, buffered and direct.", rule: ["file.holes"],
            .cases(["file.hole*", "file.truncate-longer", "file.status-holes"])),
    ]
}
