// Handles that go with a message and that nobody gets: nothing stays open of them.

import IOSpec

enum PassedHandleClosingCases {
    static let all: [ConformanceCase] = [
        ConformanceCase.family(
            "message.handles-truncated", proves: "message.handles-closed", over: PassedHandleCases.kinds,
            requires: [.passesHandles, .files]
        ) {
            c, kind in
            let (sender, receiver) = try c.ends(kind)
            let files = try (0..<4).map { try c.file("f\($0)", contents: [UInt8($0)]) }
            for room in [3, 1, 0] {
                try c.sendMessage([9], over: sender, passing: files)
                let received = try c.receiveMessage(handles: room, from: receiver)
                try c.expectEqual(received.bytes, [9], "the bytes of a message with too many handles")
                try c.expectEqual(received.handles.count, room, "the number of handles that came")
                try c.expect(received.flags.contains(.handlesTruncated), "handles without room are told of")
                for (index, handle) in received.handles.enumerated() {
                    try c.expectEqual(c.contents(of: handle), [UInt8(index)], "the contents of handle \(index)")
                }
            }
        },
        [
            ConformanceCase(
                "message.handles-none-left-open", proves: "message.handles-closed", title: "Nothing stays open of handles that nobody has",
                requires: [.passesHandles, .localStreams, .pipes]
            ) { c in
                let link = try c.streamPair()
                for isAsked in [true, false] {
                    let pipe = try c.pipe()
                    try c.sendMessage([1, 2], over: link.first, passing: [pipe.second])
                    try c.close(pipe.second)
                    // Room for a byte only: what goes with it does not stay with the rest.
                    if isAsked {
                        let received = try c.receiveMessage(1, from: link.second)
                        try c.expect(received.flags.contains(.handlesTruncated), "handles without room are told of")
                    } else {
                        try c.expectEqual(c.receive(1, from: link.second).count, 1, "the bytes of a plain receive")
                    }
                    try c.expectEqual(c.receive(1, from: link.second).count, 1, "the rest")
                    let end = try c.perform(.stream(.receive(pipe.first, into: c.buffer(1).region)), deadline: c.after(milliseconds: 4000))
                    try c.expect(end, moves: 0, "a receive from the pipe whose other end nobody has")
                }
            },
            ConformanceCase(
                "message.handles-no-places", proves: "message.handles-closed",
                title: "Handles for which the backend has no place are closed",
                requires: [.passesHandles, .localStreams, .pipes]
            ) { c in
                try c.withAnotherBackend(.init(operations: 16, handles: 6)) { other in
                    let link = try other.streamPair()
                    let pipe = try other.pipe()
                    try other.sendMessage([1], over: link.first, passing: [pipe.second, pipe.second, pipe.second, pipe.second])
                    let received = try other.receiveMessage(handles: 4, from: link.second)
                    try other.expectEqual(received.handles.count, 2, "the number of handles that came, with two places left")
                    try other.expect(received.flags.contains(.handlesTruncated), "handles without a place are told of")
                    for handle in received.handles + [pipe.second] { try other.close(handle) }
                    let end = try other.perform(
                        .stream(.receive(pipe.first, into: other.buffer(1).region)), deadline: other.after(milliseconds: 4000))
                    try other.expect(end, moves: 0, "a receive from the pipe whose other end nobody has")
                }
            },
            ConformanceCase(
                "message.handles-unread", proves: "message.handles-closed", "shutdown.releases",
                title: "Handles of a message that is never received go with the stream", requires: [.passesHandles, .localStreams, .pipes]
            ) { c in
                let link = try c.streamPair()
                let pipe = try c.pipe()
                try c.sendMessage([1], over: link.first, passing: [pipe.second])
                try c.close(pipe.second)
                try c.close(link.second)
                let end = try c.perform(.stream(.receive(pipe.first, into: c.buffer(1).region)), deadline: c.after(milliseconds: 4000))
                try c.expect(end, moves: 0, "a receive from the pipe whose other end nobody has")
            },
        ],
    ].flatMap { $0 }
}
