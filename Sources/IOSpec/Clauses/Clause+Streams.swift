// Streams, pipes and listeners.

extension Clause {
    static var streams: [Clause] {
        [
            Clause(
                "stream.receive-some",
                "A receive moves at least one byte and at most what was asked, or 0 at the end of the stream, then and ever after."),
            Clause(
                "stream.full-send",
                "A send moves everything asked, however slow the peer, unless it is cut short by an error, a cancel or its deadline."),
            Clause("stream.order", "In one direction of one handle, operations take effect in the order of their submission."),
            Clause("stream.duplex", "The two directions of a stream do not wait for each other."),
            Clause(
                "stream.conservation", .must, .stochastic,
                "Bytes received and bytes left are the bytes sent, in order, whatever was cancelled."),
            Clause(
                "stream.connect-outcome",
                "Connecting reports the real outcome: connected, connectionRefused, notFound or unreachable."),
            Clause("stream.connect-again", "Connecting what is connected or connecting is alreadyConnected and disturbs nothing."),
            Clause("stream.not-connected", "A transfer on a stream that is not connected is notConnected."),
            Clause("stream.connect-waits", "A connection that the peer has no room for is waited for, without keeping a processor busy."),
            Clause(
                "stream.connect-cancelled",
                "After a connect was cancelled or timed out the handle can be closed, and the listener's next connection is a good one; any other use is notConnected."
            ),
            Clause(
                "stream.reset-sticky",
                "A stream that was reset stays so: every later operation is connectionReset, never the end of the stream."),
            Clause("stream.half-close", "After the peer's end, sending goes on; after shutting down the sending half, receiving goes on."),
            Clause("stream.shutdown-receiving", "Shutting down the receiving half ends a pending receive with 0."),
            Clause("stream.broken-pipe", "Sending to a peer that is gone, or after shutting down the sending half, is brokenPipe."),
            Clause("stream.no-signal", "No operation raises a signal."),
            Clause("stream.accept", "Each accept gives one connection, in the order of the submissions; none is given twice or lost."),
            Clause(
                "stream.accept-exhausted",
                "Out of handles or descriptors, an accept waits for a connection and is tooManyOpen then, and the connection waits for a later accept."
            ),
            Clause(
                "stream.accept-race", .must, .stochastic,
                "An accept that races with its cancel gives its connection or leaves it waiting, and leaks nothing."),
            Clause("stream.address", "Listening at port 0 takes a free port, which can be asked for; an address in use is addressInUse."),
            Clause("stream.pipe-atomic", "A send of up to 4,096 bytes to a pipe arrives in one piece."),
        ]
    }
}
