// Messages, the handles that they pass, options, and transfers of several segments.

extension Clause {
    static var messages: [Clause] {
        [
            Clause("message.whole", "A message is sent and received whole: no part of it is lost, and no part of another is with it."),
            Clause("message.empty", "An empty message is a message like any other, and the end of nothing."),
            Clause(
                "message.truncated",
                "Of a message longer than the room for it the beginning is received and the rest is gone; the flag says so, and the length is that of the whole."
            ),
            Clause("message.too-long", "A message larger than the transport carries is messageTooLong, and nothing of it is sent."),
            Clause("message.order", "In one direction of one handle, messages and other transfers keep the order of their submission."),
            Clause(
                "message.address",
                "A datagram goes to the address that it names, and is received with that of its sender, if that has one. An address of another family, or for packets or a stream, which have one peer, is invalidArgument."
            ),
            Clause("message.not-connected", "A message to nobody, or on packets that are not connected, is notConnected."),
            Clause(
                "message.refused",
                "That nobody listens where a datagram went is connectionRefused for exactly one operation, and disturbs no other; a handle whose one peer is closed may lose then what it had not received."
            ),
            Clause(
                "message.room",
                "A message that its receiver has no room for waits, without keeping a processor busy, and is sent when there is room."),
            Clause(
                "message.end",
                "The end of packets is told by its flag, after every message that was sent before, and then ever after."),
            Clause(
                "message.handles",
                "A handle that is passed stays what it is, and comes as a handle for the same file, of the same kind and access, whatever becomes of the first one meanwhile. A process comes as foreign, and a directory confines its paths."
            ),
            Clause(
                "message.handles-closed",
                "Handles for which there is no room are closed and the flag says so; those that nobody asks for are closed."),
            Clause(
                "message.handles-refused",
                "Passing handles is unsupported over what cannot pass them; a handle that is not open is badHandle. Nothing is sent."),
            Clause(
                "message.handles-shared",
                "What comes from another process is used as that has left it: nothing about it is changed, and what waits there waits as anything else, and can be cancelled."
            ),
            Clause("option.set", "An option that was set has that value, and one that is read is never negative."),
            Clause("option.buffer", "A size that was set reads as that or more, up to what the system allows."),
            Clause(
                "option.unsupported",
                "An option that a handle does not have is unsupported; a value that it cannot have is invalidArgument."),
            Clause("option.resets-on-close", "With resetsOnClose the peer of a closed stream sees connectionReset, and else the end."),
            Clause(
                "stream.receive-exactly",
                "A receiveExactly fills its region, however the bytes come; fewer are moved only at the end, or when it is cut short."),
            Clause("stream.vectored", "Segments are filled and emptied one after the other, and need not be of one size, or not empty."),
        ]
    }
}
