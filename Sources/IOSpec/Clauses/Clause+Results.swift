// What results look like, and which arguments are refused.

extension Clause {
    static var results: [Clause] {
        [
            Clause(
                "result.portable",
                "A result is a count, or the code of one of the portable causes. No number that only the kernel knows escapes."),
            Clause("result.detail", .should, "The native error number is carried as detail."),
            Clause(
                "result.transfer-limit",
                "One operation moves at most 2^30 bytes. More is invalidArgument, and nothing is moved or truncated."),
            Clause(
                "result.segment-limit",
                "A vectored operation has at most 1,024 segments, each valid, and at most 2^30 bytes in all. More is invalidArgument."),
            Clause("result.offset-limit", "A negative offset, or an offset and length that overflow, is invalidArgument."),
            Clause(
                "result.zero-length",
                "Length 0 checks the handle and its access, transfers nothing, and completes at once with 0, which is not the end of a stream."
            ),
            Clause(
                "result.moved-is-reported",
                "What was moved is always reported, even when the operation was cut short; the error is what the next operation meets."),
            Clause(
                "buffer.owned-until-completion",
                "The buffer belongs to the backend until the operation's own completion, and is not touched afterwards."),
        ]
    }
}
