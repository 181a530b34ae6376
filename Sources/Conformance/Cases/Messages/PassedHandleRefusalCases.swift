// Messages with handles that are refused, whole.

import IOSpec

enum PassedHandleRefusalCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "message.handles-stale", proves: "message.handles-refused", "handle.stale", requires: [.passesHandles, .localStreams, .files]
        ) {
            c in
            let link = try c.streamPair()
            let stale = try c.file("f")
            let open = try c.file("g", contents: [7])
            try c.close(stale)
            for handles in [[stale], [open, stale], [.invalid]] as [[Handle]] {
                try c.fails(.message(.send(link.first, c.outgoing([1], passing: handles).region)), with: .badHandle)
            }
            try c.sendMessage([2], over: link.first, passing: [open])
            let received = try c.receiveMessage(handles: 4, from: link.second)
            try c.expectEqual(received.bytes, [2], "the only bytes that were sent")
            try c.expectEqual(received.handles.count, 1, "the number of handles that came")
        },
        ConformanceCase(
            "message.handles-unsupported", proves: "message.handles-refused",
            requires: [.passesHandles, .internetStreams, .internetDatagrams, .files]
        ) { c in
            let file = try c.file("f")
            let pair = try c.connectedPair()
            let datagrams = try c.ends(MessageKind.internet4)
            for handle in [pair.client, datagrams.sender] {
                try c.fails(.message(.send(handle, c.outgoing([1], passing: [file]).region)), with: .unsupported)
                try c.fails(.message(.receive(handle, c.incoming(handles: 1).region)), with: .unsupported)
            }
            try c.expectFlow(from: pair.client, to: pair.server)
            try c.expectMessage(from: datagrams.sender, to: datagrams.receiver)
        },
        ConformanceCase(
            "message.handles-limits", proves: "message.handles-refused", "result.portable",
            requires: [.passesHandles, .localStreams, .files]
        ) {
            c in
            let link = try c.streamPair()
            let file = try c.file("f")
            let many = c.outgoing([1], passing: Array(repeating: file, count: Message.maximumHandles + 1))
            try c.fails(.message(.send(link.first, many.region)), with: .invalidArgument)
            try c.fails(.message(.send(link.first, c.outgoing([], passing: [file]).region)), with: .invalidArgument)
            try c.sendMessage([3], over: link.first)
            try c.expectEqual(c.receive(4, from: link.second), [3], "the only byte that was sent")
        },
    ]
}
