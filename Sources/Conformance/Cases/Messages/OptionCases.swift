// Options of streams, listeners, datagrams and packets.

import IOSpec

enum OptionCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("option.set", proves: "option.set", requires: .internetStreams) { c in
            let pair = try c.connectedPair()
            for handle in [pair.client, pair.server, try c.stream(), try c.stream(.internet6)] {
                for (option, values) in [
                    (SocketOption.noDelay, [0, 1, 0]), (.keepAlive, [1, 0]), (.keepAliveIdle, [1, 7200, 32_767]), (.resetsOnClose, [1, 0]),
                ] {
                    for value in values {
                        try c.expect(c.perform(.stream(.setOption(handle, option, Int32(value)))), moves: 0, "setting \(option)")
                        try c.expect(c.perform(.stream(.option(handle, option))), moves: value, "\(option) after it was set to \(value)")
                    }
                }
            }
            try c.expectFlow(from: pair.client, to: pair.server)
        },
        ConformanceCase("option.defaults", proves: "option.set", requires: .internetStreams) { c in
            let pair = try c.connectedPair()
            for handle in [pair.client, pair.server, try c.stream()] {
                try c.expect(c.perform(.stream(.option(handle, .noDelay))), moves: 1, "noDelay at first")
                try c.expect(c.perform(.stream(.option(handle, .keepAlive))), moves: 0, "keepAlive at first")
                try c.expect(c.perform(.stream(.option(handle, .resetsOnClose))), moves: 0, "resetsOnClose at first")
            }
        },
        ConformanceCase("option.broadcast", proves: "option.set", requires: .internetDatagrams) { c in
            for family in [SocketAddress.Family.internet4, .internet6] {
                let handle = try c.acquire(.datagram(family, at: nil))
                for value in [1, 0] {
                    try c.succeed(.stream(.setOption(handle, .broadcast, Int32(value))))
                    try c.expect(c.perform(.stream(.option(handle, .broadcast))), moves: value, "broadcast after it was set to \(value)")
                }
            }
        },
        ConformanceCase("option.buffer", proves: "option.buffer", requires: [.internetStreams, .internetDatagrams, .localMessages]) { c in
            let handles = [
                try c.stream(), try c.streamPair().first, try c.listener().handle, try c.datagram(.internet4).handle,
                try c.acquire(pair: .packets).first,
            ]
            for handle in handles {
                for option in [SocketOption.receiveBuffer, .sendBuffer] {
                    var last = 0
                    for value in [16_384, 65_536] {
                        try c.succeed(.stream(.setOption(handle, option, Int32(value))))
                        last = try c.succeed(.stream(.option(handle, option)))
                        try c.expect(last >= value, "\(option) that was set to \(value) is no less (it is \(last))")
                    }
                    try c.succeed(.stream(.setOption(handle, option, .max)))
                    let most = try c.succeed(.stream(.option(handle, option)))
                    try c.expect(most >= last, "the most that the system allows is no less than \(last) (it is \(most))")
                    try c.succeed(.stream(.setOption(handle, option, 1)))
                    try c.expect(c.succeed(.stream(.option(handle, option))) >= 1, "the least of \(option) is at least what was asked")
                }
            }
        },
        ConformanceCase(
            "option.unsupported", proves: "option.unsupported", requires: [.internetStreams, .internetDatagrams, .localMessages]
        ) { c in
            let ofStreams: [SocketOption] = [.noDelay, .keepAlive, .keepAliveIdle, .resetsOnClose]
            let listener = try c.listener().handle
            let lacking: [(Handle, [SocketOption])] = [
                (try c.streamPair().first, ofStreams + [.broadcast]), (listener, ofStreams + [.broadcast]), (try c.stream(), [.broadcast]),
                (try c.datagram(.internet4).handle, ofStreams), (try c.datagram(.local).handle, ofStreams + [.broadcast]),
                (try c.acquire(pair: .packets).first, ofStreams + [.broadcast]),
            ]
            for (handle, options) in lacking {
                for option in options {
                    try c.expect(c.perform(.stream(.setOption(handle, option, 1))), failsWith: .unsupported, "setting \(option)")
                    try c.expect(c.perform(.stream(.option(handle, option))), failsWith: .unsupported, "reading \(option)")
                }
            }
            for (option, value) in [
                (SocketOption.noDelay, 2), (.keepAlive, -1), (.keepAliveIdle, 0), (.keepAliveIdle, 32_768), (.resetsOnClose, 2),
                (.sendBuffer, 0),
                (.receiveBuffer, -5), (.broadcast, 2),
            ] {
                try c.fails(.stream(.setOption(listener, option, Int32(value))), with: .invalidArgument)
            }
        },
        ConformanceCase("option.wrong-kind", proves: "handle.wrong-kind", requires: [.files, .pipes]) { c in
            for handle in [try c.file("f"), try c.directory, try c.pipe().first] {
                try c.fails(.stream(.option(handle, .sendBuffer)), with: .wrongKind)
                try c.fails(.stream(.setOption(handle, .sendBuffer, 4096)), with: .wrongKind)
            }
        },
        ConformanceCase("option.resets-on-close", proves: "option.resets-on-close", "stream.reset-sticky", requires: .internetStreams) {
            c in
            for isReset in [true, false] {
                let pair = try c.connectedPair()
                if isReset { try c.succeed(.stream(.setOption(pair.client, .resetsOnClose, 1))) }
                let memory = c.buffer(4)
                let receive = try c.submit(.stream(.receive(pair.server, into: memory.region)))
                try c.expectPending(receive)
                try c.close(pair.client)
                let completion = try c.complete(receive)
                if isReset {
                    try c.expect(completion, failsWith: .connectionReset, "a receive when the peer broke the connection")
                    try c.fails(.stream(.receive(pair.server, into: memory.region)), with: .connectionReset)
                } else {
                    try c.expect(completion, moves: 0, "a receive when the peer has closed")
                }
            }
        },
        ConformanceCase(
            "option.during-transfer", proves: "option.set", "stream.duplex", title: "Options are looked after while transfers wait",
            requires: .internetStreams
        ) { c in
            let pair = try c.connectedPair()
            let memory = c.buffer(4)
            let receive = try c.submit(.stream(.receive(pair.server, into: memory.region)))
            try c.expectPending(receive)
            try c.succeed(.stream(.setOption(pair.server, .noDelay, 0)))
            try c.expect(c.perform(.stream(.option(pair.server, .noDelay))), moves: 0, "noDelay while a receive waits")
            try c.send([1], to: pair.client)
            try c.expect(c.complete(receive), moves: 1, "the receive that waited")
        },
    ]
}
