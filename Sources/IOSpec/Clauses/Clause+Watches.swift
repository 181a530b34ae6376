// Waiting for readiness and for processes, what the program has from elsewhere, and splicing.

extension Clause {
    static var watches: [Clause] { readiness + foreign + processes + splicing }

    private static var readiness: [Clause] {
        [
            Clause(
                "readiness.once",
                "Waiting for readiness completes when the handle is ready in a way asked for, at once if it is then, with those of the ways asked for that it is ready in, and moves nothing."
            ),
            Clause("readiness.unasked", "A failure or a hang-up completes the wait and is told, although nobody asks for them."),
            Clause("readiness.peer-finished", "That the peer has finished sending is told to whoever asked for it."),
            Clause(
                "readiness.files",
                "A file, a directory, and a device that makes nobody wait are ready at once for receiving and sending, as far as asked for; waiting for neither of the two is unsupported, since it would have no end."
            ),
            Clause(
                "readiness.many",
                "Any number of waits for one handle go on beside each other and beside transfers in both directions, and each is told."),
            Clause(
                "readiness.ends",
                "A wait that is ended before the handle is ready is cancelled or timedOut, and never ready in no way; a multishot wait is told before that what it found, and what was ready when it began."
            ),
            Clause(
                "readiness.idle", "While nothing happens to the handle, waiting keeps no processor busy, although the peer has hung up."),
            Clause(
                "readiness.multishot",
                "A multishot wait completes when the handle is ready, and each time that it becomes ready again, several times perhaps told as one; while nothing happens to the handle it tells nothing."
            ),
            Clause(
                "readiness.not-lost",
                "However often a handle becomes ready while nobody reaps, a multishot wait goes on and tells what comes next."
            ),
        ]
    }

    private static var foreign: [Clause] {
        [
            Clause(
                "foreign.acquire",
                "A number that refers to nothing is badHandle, and one that only stands for a path and opens nothing is wrongKind."),
            Clause(
                "foreign.own",
                "A foreign handle is one of its own: closing it leaves the number open, closing or reusing the number leaves the handle, and nothing about what they refer to is changed."
            ),
            Clause(
                "foreign.readiness",
                "Whatever the system can wait for can be waited for: counters, timers, terminals, processes, and sets of such."),
        ]
    }

    private static var processes: [Clause] {
        [
            Clause(
                "process.end",
                "Waiting for the end of a process tells how it ended, whether that was before or comes later, and can be ended early."),
            Clause("process.end-once", "How a process ended is told once: a later wait, or one after somebody else was told, is notFound."),
            Clause("process.child", "Acquiring what is no child of this process, or one whose end was told before, is notFound."),
        ]
    }

    private static var splicing: [Clause] {
        [
            Clause(
                "splice.moves",
                "A splice moves at least one byte and at most what was asked from one handle to the other, or 0 at the end; in a file, from or to its offset. What it took from a file and nobody has received yet may follow what is written to the file."
            ),
            Clause(
                "splice.conserves", .must, .stochastic,
                "What was spliced is gone from the one handle and there in the other, in order, whatever was cancelled."),
            Clause(
                "splice.order", "A splice keeps its place among what is received from the one handle and among what is sent to the other."),
            Clause(
                "splice.waits",
                "A splice waits for something to move and for room, holding up nothing else and keeping no processor busy; it can be ended early."
            ),
            Clause(
                "splice.refused",
                "Without a pipe a splice is wrongKind; to itself, or to a file opened for appending, invalidArgument; at an offset without a file, notSeekable."
            ),
            Clause(
                "splice.broken",
                "Splicing to a peer that is gone is brokenPipe, and raises no signal; to a pipe that nobody reads any more it is so at once, whatever there is to be moved."
            ),
        ]
    }
}
