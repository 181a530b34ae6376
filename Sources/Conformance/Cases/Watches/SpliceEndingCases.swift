// Splices that are ended early although they could go on by now.

import Glibc
import IOSpec

enum SpliceEndingCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "splice.result-wins", proves: "cancel.result-wins", "splice.waits",
            title: "A splice from a file that has room by now moves something, although it is cancelled",
            requires: [.splicing, .namedPipes, .files], timeLimit: 30
        ) { c in
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            let reader = try c.surroundings.openNamedPipe(at: c.nativePath("p"))
            let writer = try c.open("p", .writing)
            let file = try c.file("f", contents: [1, 2, 3])
            for round in 0..<5 {
                let fill = try c.submit(.stream(.send(writer, from: c.buffer(1 << 21).region)))
                try c.expectPending(fill, milliseconds: 50)
                c.cancel(fill)
                var left = try c.complete(fill).get()
                let splice = try c.submit(.stream(.splice(from: file, to: writer, count: 3, at: 0)))
                try c.expectPending(splice)
                // Never more than is there: whether the splice goes on meanwhile is open.
                while left > 0 { left -= try reader.receive(min(left, 1 << 16)).count }
                c.cancel(splice)
                try c.expect(c.complete(splice), moves: 3, "splice \(round), which has room", clause: "cancel.result-wins")
                try c.expectEqual(reader.receive(8), [1, 2, 3], "what arrived")
            }
        }
    ]
}
