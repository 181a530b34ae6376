// Operations with several completions, buffers that the backend takes, and what is registered while booting.

extension Clause {
    static var multishot: [Clause] {
        [
            Clause(
                "multishot.accept",
                "Each connection of a multishot accept has a completion of its own with more to follow; none is given twice or lost, and a later accept waits until it ends."
            ),
            Clause(
                "multishot.exhausted",
                "Out of handles or descriptors, a multishot accept waits for the next connection and is tooManyOpen then; each connection that it has not given waits for a later accept, and the listener is ready."
            ),
            Clause(
                "multishot.receive",
                "Each completion of a multishot receive with more to follow names one buffer that holds the next bytes of the stream, at least one, and is the program's until it gives it back; a buffer is taken only when bytes are there."
            ),
            Clause(
                "multishot.no-buffers",
                "A multishot receive ends with noBuffers when bytes wait and no buffer is left, and only then; nothing is lost."),
            Clause(
                "multishot.ends",
                "A multishot operation ends with exactly one completion without more to follow: 0 at the end of the stream, cancelled, timedOut, or another error; what came before is delivered before."
            ),
            Clause(
                "multishot.conserves", .must, .stochastic,
                "Whatever is cancelled, the bytes in buffers and the bytes left are the bytes sent, and each connection is given once or waits; nothing is leaked."
            ),
            Clause(
                "stream.zero-copy",
                "A zero-copy send moves what a send moves, and completes when its memory may be changed, which no cancel hastens: what arrives is what was there when it was submitted."
            ),
            Clause(
                "register.memory",
                "Transfers within, across and beside registered memory move what they move otherwise; what a limit does not allow is outOfResources, and changes nothing."
            ),
            Clause(
                "register.handle",
                "Operations on a registered handle do what they do otherwise, and its close ends what it refers to; a handle in use is busy, a closed one badHandle."
            ),
        ]
    }
}
