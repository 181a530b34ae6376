// Where kernel interfaces disagree about sockets.

enum SocketDivergences {
    static let all: [Divergence] = connecting + accepting + transfers + ends + messages

    private static let connecting: [Divergence] = [
        Divergence(
            58, "A connection that is refused", "io_uring says so; otherwise the error waits in the socket and can be read once.",
            rule: ["stream.connect-outcome"],
            .cases(["stream.connect-refused.*", "stream.connect-after-refused.*", "stream.connect-unreachable"])),
        Divergence(
            59, "A connection that succeeds", "A non-blocking connect is in progress even at home; connecting again is refused.",
            rule: ["stream.connect-outcome", "stream.connect-again"],
            .cases(["stream.connect.*", "stream.connect-again.*", "stream.connect-pair"])),
        Divergence(
            60, "A connect that was given up", "io_uring cancels its operation, and the handshake goes on.",
            rule: ["stream.connect-cancelled"],
            .cases(["stream.connect-cancelled.*", "stream.connect-timed-out.*", "stream.connect-abandoned.*"])),
        Divergence(
            61, "A local connect without room", "A non-blocking one is refused and yet polls as writable; io_uring waits in a thread.",
            rule: ["stream.connect-waits"],
            .cases(["stream.connect-waits.*", "stream.connect-waits-idle.*", "completion.bounded-connects"])),
        Divergence(
            62, "The readiness of a socket that is not connected", "It polls as writable and hung up.",
            rule: ["stream.not-connected", "stream.order"], .cases(["stream.not-connected.*", "stream.connect-pipelined.*"])),
    ]

    private static let accepting: [Divergence] = [
        Divergence(
            63, "Closing a listener with an accept in flight",
            "io_uring keeps listening until the accept is over; epoll drops it without a word.",
            rule: ["close.refuses-listener", "close.cancels"],
            .cases(["close.refuses-listener.*"])),
        Divergence(
            64, "Shutting a listener down", "A pending accept ends with a wrong argument.",
            rule: ["handle.wrong-kind", "close.cancels", "multishot.ends"],
            .cases(["handle.wrong-kind.listener", "close.refuses-listener.*", "multishot.ends.listener-shut-down"])),
        Divergence(
            65, "A client that resets before it is accepted", "The accept succeeds, the first receive fails.",
            rule: ["stream.accept", "stream.reset-sticky"], .cases(["stream.accept-reset"])),
        Divergence(
            66, "Accepting without a free descriptor", "Fails, a repeating accept ends, and the connection stays.",
            rule: ["stream.accept-exhausted", "multishot.exhausted"],
            .cases(["stream.accept-exhausted", "stream.accept-exhausted-handles", "multishot.exhausted.*"])),
        Divergence(
            83, "One port for several listeners", "The kernel spreads connections by a hash; those queued at a closed listener are reset.",
            rule: ["stream.address", "stream.accept"], .cases(["stream.address-in-use.*", "stream.accept-later.*"])),
    ]

    private static let transfers: [Divergence] = [
        Divergence(
            67, "Operations on the wrong kind of socket", "A table of different errors, the same through every interface.",
            rule: ["handle.wrong-kind", "stream.not-connected", "stream.connect-outcome"],
            .cases(["handle.wrong-kind.*", "stream.not-connected.*", "stream.connect-missing-name"])),
        Divergence(
            68, "Non-blocking mode on a stream", "io_uring ignores it on recent kernels; earlier ones and the others would block.",
            rule: ["stream.receive-some", "stream.full-send", "foreign.own"], .cases(["stream.non-blocking.*", "foreign.flags"])),
        Divergence(
            69, "A large send to a slow reader", "io_uring stops short even on a blocking socket; a blocking send does not.",
            rule: ["stream.full-send"], .cases(["stream.full-send.*", "stream.send-waits.*", "stream.send-uneven.*"])),
        Divergence(
            70, "Receiving all that was asked for", "io_uring waits for all of it whatever the mode, a non-blocking receive does not.",
            rule: ["stream.receive-exactly"], .cases(["stream.receive-exactly.*", "stream.receive-exactly-end.*"])),
        Divergence(
            71, "Cancelling such a receive half-way", "io_uring's cancel succeeds, and the receive gives what it had.",
            rule: ["stream.receive-exactly", "cancel.partial"], .cases(["stream.receive-exactly-cancelled.*"])),
        Divergence(
            82, "A socket's own limit of time", "A receive call keeps to it, io_uring ignores it.", rule: ["stream.receive-some"],
            .cases(["stream.receive-limit"])),
        Divergence(
            84, "Room that is not told",
            "A full local datagram socket may still have to wait after one message was taken; what io_uring sends after such a wait is empty.",
            rule: ["message.room"], .cases(["message.room.*", "message.room-addressed"])),
        Divergence(
            85, "Repeating receives that run out of buffers", "They end with an error, keep the data, and tell the end with 0.",
            rule: ["multishot.receive", "multishot.no-buffers"], .cases(["multishot.no-buffers.*", "multishot.receive.*"])),
        Divergence(
            86, "Sending without a copy", "Two completions, of which the second frees the memory.", rule: ["stream.zero-copy"],
            .cases(["stream.zero-copy.*"])),
    ]

    private static let ends: [Divergence] = [
        Divergence(
            72, "Streams that are half closed", "Receiving gives 0, sending goes on, in both families.",
            rule: ["stream.half-close", "stream.shutdown-receiving", "stream.broken-pipe"],
            .cases(["stream.half-close-*", "stream.shutdown-*", "stream.broken-pipe-own.*"])),
        Divergence(
            73, "A reset", "The first operation after it reports it, later receives say 0.", rule: ["stream.reset-sticky"],
            .cases(["stream.reset-pending", "stream.reset-before-send", "stream.reset-send-first.*"])),
        Divergence(
            74, "A peer that closes with unread bytes", "A reset once, then 0, in both families.", rule: ["stream.reset-sticky"],
            .cases(["stream.reset-receive-first.*", "stream.reset-send-first.*"])),
        Divergence(
            75, "Sending to a peer that has closed", "Over the internet protocol the first send succeeds, the second fails.",
            rule: ["stream.broken-pipe"], .cases(["stream.broken-pipe-peer.*", "stream.broken-pipe-pending.*"])),
        Divergence(
            81, "Urgent bytes", "They are told apart by readiness, and missing from what is received.", rule: ["stream.receive-some"],
            .cases(["stream.urgent-byte"])),
    ]

    private static let messages: [Divergence] = [
        Divergence(
            76, "A datagram larger than the buffer", "The rest is lost; whether that is told depends on the call.",
            rule: ["message.truncated"], .cases(["message.truncated.*", "message.exact-room.*"])),
        Divergence(
            77, "A datagram of length 0", "A count of 0 that is no end.", rule: ["message.empty", "message.end"],
            .cases(["message.empty.*", "message.empty-awaited.*", "message.end.*"])),
        Divergence(
            78, "A datagram that was refused", "The next send fails in its place, once; a receive goes on waiting.",
            rule: ["message.refused"], .cases(["message.refused-next", "message.refused-pending"])),
        Divergence(
            79, "A datagram that is too large", "Refused everywhere.", rule: ["message.too-long"], .cases(["message.too-long.*"])),
        Divergence(
            80, "Descriptors in messages", "io_uring passes them, open to programs; a ring itself cannot be passed.",
            rule: ["message.handles", "message.handles-closed", "handle.close-on-exec"],
            .cases(["message.handles.*", "message.handles-truncated.*", "message.handles-none-left-open"])),
    ]
}
