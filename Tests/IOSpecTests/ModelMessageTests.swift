// What the reference model allows of datagrams and packets.

import IOSpec
import Testing

@Suite("The model of messages")
struct ModelMessageTests {
    private let near = Symbol(1)
    private let far = Symbol(2)
    private let first = Payload(seed: 1, count: 10)
    private let second = Payload(seed: 2, count: 20)

    private func received(_ test: inout ModelUnderTest, _ bytes: [UInt8], room: Int = 100, isTruncated: Bool = false, isEnd: Bool = false)
        throws
    {
        let receive = test.submit(.receiveMessage(far, count: room))
        var observation = Observation(result: Int32(bytes.count), bytes: bytes)
        observation.isTruncated = isTruncated
        observation.isEnd = isEnd
        try test.model.complete(receive, observation)
    }

    @Test("keeps messages whole and in their order", arguments: [PairedResource.datagrams, .packets])
    func whole(pair: PairedResource) throws {
        var test = ModelUnderTest.with(pair)
        try test.perform(.sendMessage(near, first, to: nil), 10)
        try test.perform(.sendMessage(near, second, to: nil), 20)
        #expect(test.refusedClause { try received(&$0, second.bytes) } == "message.whole")
        #expect(test.refusedClause { try received(&$0, Array(first.bytes[..<9])) } == "message.whole")
        #expect(test.refusedClause { try received(&$0, first.bytes + second.bytes) } == "message.whole")
        #expect(test.refusedClause { try received(&$0, first.bytes, isTruncated: true) } == "message.whole")
        #expect(test.refusedClause { try received(&$0, Array(first.bytes[..<4]), room: 4) } == "message.whole")
        #expect(test.refusedClause { try received(&$0, []) } == "message.whole")
        try received(&test, Array(first.bytes[..<4]), room: 4, isTruncated: true)
        _ = test.submit(.receiveMessage(far, count: 100))
        #expect(test.refusedClause { try $0.model.settle() } == "completion.fair")
    }

    @Test("sends all of a message or fails", arguments: [PairedResource.datagrams, .packets])
    func sending(pair: PairedResource) throws {
        var test = ModelUnderTest.with(pair)
        #expect(test.refusedClause { try $0.perform(.sendMessage(near, first, to: nil), 9) } == "message.whole")
        #expect(test.refusedClause { try $0.fail(.sendMessage(near, first, to: nil), .brokenPipe) } == "message.whole")
        let send = test.submit(.sendMessage(near, first, to: nil))
        #expect(test.refusedClause { try $0.model.settle() } == "message.room")
        try received(&test, first.bytes)
        test.model.cancel(send)
        #expect(test.refusedClause { try $0.complete(send, failing: .cancelled) } == "message.whole")
        try test.complete(send, 10)
    }

    @Test("ends packets after their last message, and datagrams never")
    func end() throws {
        var packets = ModelUnderTest.with(.packets)
        try packets.perform(.sendMessage(near, first, to: nil), 10)
        try packets.perform(.shutDown(near, .sending))
        #expect(packets.refusedClause { try received(&$0, []) } == "message.whole")
        try received(&packets, first.bytes)
        #expect(packets.refusedClause { try received(&$0, []) } == "message.end")
        try received(&packets, [], isEnd: true)
        #expect(packets.refusedClause { try $0.perform(.sendMessage(near, first, to: nil), 10) } == "stream.broken-pipe")
        var datagrams = ModelUnderTest.with(.datagrams)
        try datagrams.perform(.close(near))
        #expect(datagrams.refusedClause { try received(&$0, []) } == "message.whole")
        try datagrams.fail(.sendMessage(far, first, to: nil), .connectionRefused)
        #expect(datagrams.refusedClause { try $0.perform(.sendMessage(far, first, to: nil), 10) } == "message.refused")
    }

    @Test("goes to the address that is named, from several senders in any order between them")
    func addresses() throws {
        var test = ModelUnderTest()
        for index in 1...3 { test.model.acquire(.datagram(.local), makes: [Symbol(index)]) }
        try test.fail(.sendMessage(near, first, to: nil), .notConnected)
        try test.perform(.sendMessage(near, first, to: far), 10)
        try test.perform(.sendMessage(Symbol(3), second, to: far), 20)
        try received(&test, second.bytes)
        try received(&test, first.bytes)
        #expect(test.refusedClause { try received(&$0, first.bytes) } == "message.whole")
        try test.perform(.close(far))
        try test.fail(.sendMessage(near, first, to: far), .connectionRefused)
        try test.fail(.sendMessage(near, first, to: Symbol(99)), .notFound)
    }

    @Test("goes over a stream without borders")
    func streams() throws {
        var test = ModelUnderTest.with(.streams)
        try test.perform(.sendMessage(near, first, to: nil), 10)
        try test.perform(.sendMessage(near, second, to: nil), 20)
        try received(&test, first.bytes + second.bytes)
        try test.fail(.sendMessage(near, first, to: far), .invalidArgument)
    }

    @Test("may lose what a closed end of a pair had sent, with the first datagram that is refused")
    func lost() throws {
        var test = ModelUnderTest.with(.datagrams)
        try test.perform(.sendMessage(far, first, to: nil), 10)
        try test.perform(.close(far))
        let receive = test.submit(.receiveMessage(near, count: 99))
        #expect(test.refusedClause { try $0.model.settle() } == "completion.fair")
        try test.fail(.sendMessage(near, second, to: nil), .connectionRefused)
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(receive, 10, bytes: first.bytes) } == nil)
        #expect(test.refusedClause { try $0.complete(receive, 20, bytes: second.bytes) } == "message.whole")
    }

    @Test("loses what a closed end had sent also beside a message that it could not send any more")
    func lostBesideRefused() throws {
        var test = ModelUnderTest.with(.datagrams)
        try test.perform(.sendMessage(far, first, to: nil), 10)
        let timer = test.submit(.timer(microseconds: 1))
        let close = test.submit(.close(far), isLinked: true)
        let refused = test.submit(.sendMessage(near, second, to: nil))
        let late = test.submit(.sendMessage(far, second, to: nil))
        let receive = test.submit(.receiveMessage(near, count: 99))
        try test.complete(timer)
        try test.complete(close)
        try test.complete(refused, failing: .connectionRefused)
        try test.complete(late, failing: .badHandle)
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(receive, 10, bytes: first.bytes) } == nil)
        #expect(test.refusedClause { try $0.complete(receive, 20, bytes: second.bytes) } == "message.whole")
    }

    @Test("knows the peer of a pair for good", arguments: [PairedResource.datagrams, .packets])
    func connectedPairs(pair: PairedResource) throws {
        var test = ModelUnderTest.with(pair)
        test.model.acquire(.datagram(.local), makes: [Symbol(3)])
        let send = test.submit(.sendMessage(near, first, to: nil))
        // What fails for this takes no place behind what is being sent.
        try test.fail(.connect(near, to: Symbol(3)), .alreadyConnected)
        #expect(test.refusedClause { try $0.perform(.connect(near, to: Symbol(3))) } == "stream.connect-again")
        try test.complete(send, 10)
        try received(&test, first.bytes)
        let receive = test.submit(.receiveMessage(far, count: 99))
        test.model.cancel(receive)
        try test.complete(receive, failing: .cancelled)
    }
}
