// Buffered readers and writers, on each backend.

import IORuntime
import IOSpec
import Testing

@Suite struct BufferedTests {
    @Test("lines come one after the other, however they were sent", arguments: TestBackend.all)
    func lines(_ backend: TestBackend) async throws {
        let text = "one\r\ntwo\n\n" + String(repeating: "x", count: 90) + "\nthe last one, ä"
        try await backend.run { boot in
            try await boot.steady { io in
                for piece in [1, 2, 7, 1000] {
                    let (first, second) = try await io.streamPair()
                    async let sent: Void = send(Array(text.utf8), piece, to: first)
                    let reader = BufferedReader(.stream(second), capacity: 100)
                    var lines: [String] = []
                    for try await line in reader.lines() { lines.append(line) }
                    #expect(lines == ["one", "two", "", String(repeating: "x", count: 90), "the last one, ä"])
                    try await sent
                }
            }
        }
    }

    @Test("a line that is too long is told by its type, and not taken", arguments: TestBackend.all)
    func longLine(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let pipe = try await io.pipe()
                try await pipe.writeEnd.send(Array("12345\n123456\r\n1234567\n".utf8))
                let reader = BufferedReader(.pipe(pipe.readEnd), capacity: 64)
                #expect(try await reader.withNextLine(atMost: 6) { $0.byteCount } == 5)
                #expect(try await reader.withNextLine(atMost: 6) { $0.byteCount } == 6)
                for _ in 0..<2 {
                    do throws(FramingFailure) {
                        _ = try await reader.withNextLine(atMost: 6) { _ in }
                        Issue.record("it has seven bytes")
                    } catch {
                        guard case .tooLong(7, 6) = error else {
                            Issue.record("\(error)")
                            return
                        }
                    }
                }
                #expect(try await reader.withNextLine(atMost: 7) { $0.byteCount } == 7)
                // Without an end, it is too long as soon as there is no room for it.
                try await pipe.writeEnd.send([UInt8](repeating: 65, count: 63))
                do throws(FramingFailure) {
                    _ = try await reader.withNextLine { _ in }
                    Issue.record("it has 63 bytes")
                } catch {
                    guard case .tooLong(_, 62) = error else {
                        Issue.record("\(error)")
                        return
                    }
                }
            }
        }
    }

    @Test(
        "frames are what was written, of every kind of length",
        arguments: TestBackend.all, [LengthPrefix.uint8, .uint16, .uint32, .uint64, .uint16.littleEndian, .uint64.littleEndian])
    func frames(_ backend: TestBackend, _ prefix: LengthPrefix) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                let frames = (0..<200).map { [UInt8](repeating: UInt8($0), count: $0) }
                async let sent: Void = {
                    let writer = BufferedWriter(.stream(first), capacity: 100)
                    for frame in frames { try await writer.writeFrame(frame, prefix) }
                    try await writer.flush()
                    try await first.shutDown(.sending)
                }()
                let reader = BufferedReader(.stream(second), capacity: 256)
                var received: [[UInt8]] = []
                for try await frame in reader.frames(prefix, atMost: 199) { received.append(frame) }
                #expect(received == frames)
                try await sent
            }
        }
    }

    @Test("a frame that is too long, or not whole, is told by its type", arguments: TestBackend.all)
    func badFrames(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let pipe = try await io.pipe()
                let writer = BufferedWriter(.pipe(pipe.writeEnd))
                do throws(FramingFailure) {
                    try await writer.writeFrame([UInt8](repeating: 0, count: 256), .uint8)
                    Issue.record("the length has no room in a byte")
                } catch {
                    guard case .tooLong(256, 255) = error else {
                        Issue.record("\(error)")
                        return
                    }
                }
                try await writer.write([0, 3, 1, 2, 3, 255, 255, 255, 255])
                try await writer.flush()
                let reader = BufferedReader(.pipe(pipe.readEnd), capacity: 64)
                #expect(try await reader.withNextFrame(.uint16) { $0.byteCount } == 3)
                do throws(FramingFailure) {
                    _ = try await reader.withNextFrame(.uint32, atMost: 10) { _ in }
                    Issue.record("it is too long")
                } catch {
                    guard case .tooLong(4_294_967_295, 10) = error else {
                        Issue.record("\(error)")
                        return
                    }
                }
                var rest = [UInt8](repeating: 0, count: 4)
                #expect(try await reader.readExactly(into: &rest) == 4)
                try await pipe.writeEnd.send([0, 2, 7])
                try await pipe.writeEnd.close()
                do throws(FramingFailure) {
                    _ = try await reader.withNextFrame(.uint16) { _ in }
                    Issue.record("it is not whole")
                } catch {
                    guard case .incomplete(3, 4) = error else {
                        Issue.record("\(error)")
                        return
                    }
                }
            }
        }
    }

    @Test("a file is written and read through buffers, and a part of it", arguments: TestBackend.all)
    func files(_ backend: TestBackend) async throws {
        let bytes = (0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        try await backend.inScratch { directory, _ in
            let file = try await directory.open("f", [.reading, .writing, .creating])
            let writer = BufferedWriter(.file(file, at: 5), capacity: 1000)
            var offset = 0
            for length in [1, 999, 1000, 1001, 3000, 0, 17] + [Int](repeating: 137, count: 320) {
                try await writer.write(Array(bytes[offset..<min(offset + length, bytes.count)]))
                offset = min(offset + length, bytes.count)
            }
            #expect(writer.bufferedCount > 0)
            try await writer.flush()
            #expect(try await directory.read("f") == [0, 0, 0, 0, 0] + bytes[..<offset])
            let reader = BufferedReader(.file(file, 6..<40_000), capacity: 1000)
            var read: [UInt8] = []
            for length in [1, 10, 990, 2000, 1500, 100_000] {
                var buffer = [UInt8](repeating: 0, count: length)
                let count = try await reader.readExactly(into: &buffer)
                read += buffer[..<count]
            }
            #expect(read == Array(bytes[1..<39_995]))
            var buffer = [UInt8](repeating: 0, count: 10)
            #expect(try await reader.read(into: &buffer) == 0)
            let log = try await directory.open("log", [.appending, .creating])
            let lines = BufferedWriter(.end(of: log))
            try await lines.write("grüße\n")
            try await lines.flush()
            #expect(try await directory.read("log") == Array("grüße\n".utf8))
        }
    }

    @Test("a writer that meets a deadline goes on where it failed", arguments: TestBackend.all)
    func goesOn(_ backend: TestBackend) async throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13 &+ $0 >> 9) }
        try await backend.run { boot in
            try await boot.steady { io in
                let loop = io.loop
                let (first, second) = try await io.streamPair()
                let writer = BufferedWriter(.stream(first), capacity: 4_000_000)
                try await writer.write(bytes)
                let cut = try #require(await failure(of: { try await loop.withTimeout(.milliseconds(10)) { try await writer.flush() } }))
                #expect(cut.cause == .timedOut && cut.bytesMoved + writer.bufferedCount == bytes.count)
                async let received: [UInt8] = {
                    var buffer = [UInt8](repeating: 0, count: bytes.count + 1)
                    let count = try await second.receiveExactly(into: &buffer)
                    return Array(buffer[..<count])
                }()
                try await writer.flush()
                try await first.shutDown(.sending)
                #expect(try await received == bytes)
            }
        }
    }

    @Test("whoever sends waits for whoever reads", arguments: TestBackend.all)
    func backPressure(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let pipe = try await io.pipe()
                let sent = SharedNumber()
                let sending = Task(executorPreference: io.loop) {
                    let frame = [UInt8](repeating: 1, count: 1000)
                    let writer = BufferedWriter(.pipe(pipe.writeEnd), capacity: 1024)
                    for _ in 0..<1000 {
                        try await writer.writeFrame(frame, .uint32)
                        sent.add(1)
                    }
                    try await writer.flush()
                    try await pipe.writeEnd.close()
                }
                var count: Int64 = 0
                let reader = BufferedReader(.pipe(pipe.readEnd), capacity: 2048)
                for try await _ in reader.frames(.uint32) {
                    count += 1
                    // What the pipe and the two buffers hold is all that can be under way.
                    #expect(sent.value - count < 100)
                    if count == 1 {
                        try await io.loop.sleep(for: .milliseconds(10))
                        #expect(sent.value < 1000)
                    }
                }
                #expect(count == 1000)
                try await sending.value
            }
        }
    }
}

private func send(_ bytes: [UInt8], _ piece: Int, to stream: Stream) async throws {
    for start in stride(from: 0, to: bytes.count, by: piece) {
        try await stream.send(Array(bytes[start..<min(start + piece, bytes.count)]))
    }
    try await stream.shutDown(.sending)
}
