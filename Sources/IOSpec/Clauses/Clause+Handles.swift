// What handles are and when they stop being valid.

extension Clause {
    static var handles: [Clause] {
        [
            Clause("handle.stale", "A closed handle is badHandle, also when its place is taken again; it is never another file."),
            Clause("handle.wrong-kind", "An operation on a kind of handle that it has no meaning for is wrongKind, and does nothing."),
            Clause("handle.wrong-access", "A transfer in a direction that the handle was not opened for is wrongAccess."),
            Clause("handle.close-on-exec", "No descriptor that a backend makes reaches a program that the process starts."),
            Clause("close.cancels", "Close cancels the handle's operations and completes after the last of them."),
            Clause("close.ends-stream", "Once a close has completed the peer sees the end, whatever was pending."),
            Clause("close.refuses-listener", "Once the close of a listener has completed, connecting to it is refused."),
            Clause(
                "close.lets-go",
                "Once a close has completed the backend holds nothing of the file, and what the system's own threads hold of it goes soon: its storage is free, and a program can be run."
            ),
            Clause("close.again", "Closing a closed handle is badHandle and closes nothing."),
        ]
    }
}
