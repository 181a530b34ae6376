// Transfers at positions, and what goes with them.

extension Clause {
    static var files: [Clause] {
        [
            Clause(
                "file.full-transfer",
                "A read or write moves everything asked, however large, unless it meets the end, a limit, an error, a cancel or its deadline."
            ),
            Clause(
                "file.end-of-file", "The end of the file is 0, at the end and far past it. A read across the end is short, and only there."),
            Clause(
                "file.untouched-past-count",
                "The bytes of the buffer past the count are untouched; only a direct read that meets the end of its file may write all of its buffer."
            ),
            Clause("file.positional", "There is no current position: each transfer happens where it says and moves nothing else."),
            Clause(
                "file.vectored", "A vectored transfer fills or writes its segments in order, as one transfer; empty segments are skipped."),
            Clause("file.holes", "What was never written reads as zeros, below the size of the file."),
            Clause("file.large-offset", "Offsets are 63 bits: a transfer beyond 4 GiB happens there and nowhere else."),
            Clause(
                "file.append",
                "An append goes to the end of a file that was opened for appending; elsewhere it is invalidArgument, and so is a positional write to such a file."
            ),
            Clause("file.append-concurrent", .must, .stochastic, "Concurrent appends never overlap and never vanish."),
            Clause("file.not-seekable", "A positional transfer on what has no position is notSeekable, at any offset."),
            Clause("file.too-large", "A write beyond the largest size is fileTooLarge, and no signal is raised."),
            Clause("file.no-space", "A write without storage left is short, then noSpace."),
            Clause("file.direct-query", "The alignment of direct transfers can be asked for, and an aligned transfer works."),
            Clause("file.direct-alignment", "A direct transfer that is not aligned is misaligned, and is never served through the cache."),
            Clause(
                "file.sync",
                "Synchronizing succeeds on files and directories, whatever they were opened for, and is wrongKind on streams and pipes."),
            Clause(
                "file.sync-covers", .must,
                .untestable("only a crash of the machine shows what had reached storage"),
                "A synchronize covers the writes whose completions were seen before it was submitted."),
            Clause(
                "file.status",
                "Status tells size, kind, permissions and times of any handle, as they are once earlier completions were seen."),
            Clause("file.truncate", "Truncating sets the size: what is added reads as zeros, what is cut off is gone."),
            Clause(
                "file.special",
                "What the fast interface of a kernel cannot do on a special file is done another way; the result is that of the file."),
        ]
    }
}
