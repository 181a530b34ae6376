// Memory and handles that are registered: nothing changes but what it costs.

import IOSpec

enum RegistrationCases {
    static let all: [ConformanceCase] = memory + handles

    // MARK: Memory

    private static let memory: [ConformanceCase] = [
        ConformanceCase(
            "register.memory.transfers", proves: "register.memory", title: "Within, across and beside registered memory", requires: .files
        ) { c in
            let file = try c.file("f")
            let memory = c.buffer(64 << 10, filledWith: 0, alignment: 4096)
            let middle = memory.region(16 << 10, 32 << 10)
            try c.expectAnswer(c.register(middle))
            // Before, across the beginning, at the beginning, inside, up to the end, across the end, behind; the last one holds it all.
            for (start, count) in [
                (0, 4096), (12 << 10, 8 << 10), (16 << 10, 100), (20_000, 3000), (40 << 10, 8 << 10), (47 << 10, 2000), (48 << 10, 4096),
                (0, 64 << 10),
            ] {
                try expectRoundTrip(c, file, memory, start, count)
            }
        },
        ConformanceCase(
            "register.memory.several", proves: "register.memory", title: "Several areas, one inside another and one twice", requires: .files
        ) { c in
            let file = try c.file("f")
            let memory = c.buffer(64 << 10, filledWith: 0, alignment: 4096)
            for (start, count) in [(0, 8 << 10), (32 << 10, 16 << 10), (34 << 10, 1000), (0, 8 << 10), (63 << 10, 1024), (8 << 10, 1)] {
                try c.expectAnswer(c.register(memory.region(start, count)))
            }
            for (start, count) in [(100, 8000), (6 << 10, 4096), (34 << 10, 1000), (34 << 10, 4096), (33 << 10, 2000), (63 << 10, 1024)] {
                try expectRoundTrip(c, file, memory, start, count)
            }
        },
        ConformanceCase("register.memory.append", proves: "register.memory", "file.append", requires: .files) { c in
            let log = try c.open("log", [.reading, .appending, .creating])
            let memory = c.pattern(8192, seed: 1)
            try c.expectAnswer(c.register(memory.region))
            for part in 0..<4 {
                try c.expectEqual(c.succeed(.file(.append(log, from: memory.region(part * 2048, 2048)))), 2048, "the bytes of an append")
            }
            try c.expectEqual(c.contents(of: log), Pattern.bytes(8192, seed: 1), "the contents", clause: "register.memory")
        },
        ConformanceCase("register.memory.direct", proves: "register.memory", "file.direct-query", requires: .directFiles) { c in
            let direct = try DirectFile(c, bytes: 16 << 10)
            let memory = c.buffer(16 << 10, alignment: 4096)
            try c.expectAnswer(c.register(memory.region))
            try c.expect(c.perform(.file(.read(direct.handle, into: memory.region, at: 0))), moves: 16 << 10, "a direct read")
            try c.expectEqual(memory.bytes, Pattern.bytes(16 << 10, seed: 1), "what it read", clause: "register.memory")
            memory.fill(pattern: 2)
            try c.expect(c.perform(.file(.write(direct.handle, from: memory.region, at: 0))), moves: 16 << 10, "a direct write")
            try c.expectEqual(c.contents(of: c.open("direct", .reading)), Pattern.bytes(16 << 10, seed: 2), "the contents")
            let odd = memory.region(1, 4096)
            let completion = try c.perform(.file(.read(direct.handle, into: odd, at: 0)))
            if direct.memoryAlignment > 1 { try c.expect(completion, failsWith: .misaligned, "a misaligned direct read") }
        },
        ConformanceCase(
            "register.memory.others", proves: "register.memory", title: "Streams, pipes and statuses use registered memory as any other",
            requires: [.files, .pipes, .localStreams]
        ) { c in
            let memory = c.buffer(4096, filledWith: 0)
            try c.expectAnswer(c.register(memory.region))
            let pair = try c.streamPair()
            let pipe = try c.pipe()
            for (sender, receiver) in [(pair.first, pair.second), (pipe.second, pipe.first)] {
                memory.bytes = Pattern.bytes(2048, seed: 5) + [UInt8](repeating: 0, count: 2048)
                try c.succeed(.stream(.send(sender, from: memory.region(0, 2048))))
                try c.expect(c.perform(.stream(.receive(receiver, into: memory.region(2048, 2048)))), moves: 2048, "a receive")
                try c.expectEqual(memory.bytes(2048, 2048), Pattern.bytes(2048, seed: 5), "what came", clause: "register.memory")
            }
            let file = try c.file("f", contents: [1, 2, 3])
            let status = memory.region(0, MemoryLayout<FileStatus>.size)
            try c.succeed(.file(.status(file, into: status)))
            try c.expectEqual(memory.load(as: FileStatus.self).size, 3, "the size in a status")
        },
        ConformanceCase(
            "register.memory.errors", proves: "register.memory", "file.end-of-file", "handle.wrong-access", requires: .files
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(4096)
            try c.expectAnswer(c.register(memory.region))
            try c.expectEqual(c.errorOfRegistering(.empty)?.cause, .invalidArgument, "the cause of registering no memory")
            try c.expect(c.perform(.file(.read(file, into: memory.region, at: 0))), moves: 3, "a read across the end")
            try c.expectEqual(memory.bytes(0, 3), [1, 2, 3], "what it read")
            try c.expectUntouched(memory, from: 3, clause: "register.memory")
            try c.expect(c.perform(.file(.read(file, into: memory.region, at: 9))), moves: 0, "a read behind the end")
            let reader = try c.open("f", .reading)
            try c.fails(.file(.write(reader, from: memory.region, at: 0)), with: .wrongAccess)
        },
        ConformanceCase(
            "register.memory.many", proves: "register.memory", title: "A thousand areas, or as many as there may be", requires: .files
        ) { c in
            let file = try c.file("f")
            let memory = c.buffer(1000 * 64, filledWith: 0)
            for area in 0..<1000 {
                if let error = try c.errorOfRegistering(memory.region(area * 64, 64)) {
                    try c.expectEqual(error.cause, .outOfResources, "the cause of refusing area \(area)", clause: "register.memory")
                }
            }
            for area in stride(from: 0, to: 1000, by: 111) { try expectRoundTrip(c, file, memory, area * 64, 64) }
        },
        ConformanceCase(
            "register.memory.limit", proves: "register.memory", title: "A limit of locked memory is told, and nothing else changes",
            requires: [.files, .nativeSystem], isolation: .childProcess
        ) { c in
            let configuration = BackendConfiguration(operations: 16, handles: 16, submissionQueue: 8, completionQueue: 16)
            try Native.withLimit(.lockedMemory, 64 << 10) {
                try c.surroundings.asOrdinaryUser {
                    // The limit is the user's, whose other processes may have used it up.
                    guard try c.reasonNotToMake(configuration) == nil else { return c.informational("no memory is left to be locked") }
                    try c.withAnotherBackend(configuration) { other in
                        let memory = other.buffer(1 << 20, filledWith: 0, alignment: 4096)
                        let error = try other.errorOfRegistering(memory.region)
                        if let error { try other.expectEqual(error.cause, .outOfResources, "the cause", clause: "register.memory") }
                        let pair = try other.streamPair()
                        try other.expectFlow(from: pair.first, to: pair.second)
                        guard error != nil else { return other.informational("memory needs not be locked to be registered") }
                        try other.expectEqual(
                            other.errorOfRegistering(memory.region)?.cause, .outOfResources, "the cause of trying again",
                            clause: "register.memory")
                    }
                }
            }
        },
    ]

    /// Checks that bytes go to the file and come back, through part of `memory`, and that nothing beside it is touched.
    private static func expectRoundTrip(_ c: CaseContext, _ file: Handle, _ memory: CaseBuffer, _ start: Int, _ count: Int) throws {
        memory.fill(pattern: UInt64(start + count))
        let sent = memory.bytes(start, count)
        let region = memory.region(start, count)
        try c.expect(c.perform(.file(.write(file, from: region, at: 17))), moves: count, "a write of \(count) from \(start) on")
        memory.fill(with: 0xA5)
        try c.expect(c.perform(.file(.read(file, into: region, at: 17))), moves: count, "a read of \(count) to \(start)")
        try c.expectEqual(memory.bytes(start, count), sent, "what came back", clause: "register.memory")
        let isClean =
            memory.bytes(0, start).allSatisfy { $0 == 0xA5 }
            && memory.bytes(start + count, memory.count - start - count).allSatisfy { $0 == 0xA5 }
        try c.expect(isClean, "memory beside a read is untouched", clause: "register.memory")
    }

    // MARK: Handles

    private static let handles: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "register.handle.streams", proves: "register.handle", "close.ends-stream",
            title: "Registered streams and pipes do what they do otherwise, and their end is seen at once"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.expectAnswer(c.register(sender))
            try c.expectAnswer(c.register(receiver))
            try c.expectFlow(from: sender, to: receiver)
            try c.expectEqual(c.succeed(.stream(.sendZeroCopy(sender, from: c.buffer([1, 2]).region))), 2, "the bytes of a zero-copy send")
            let buffers = try PooledBuffers(c, 4, each: 16)
            let id = try c.submit(buffers.receiving(from: receiver))
            try c.expectEqual(c.receive(2, by: id, into: buffers).bytes, [1, 2], "what a multishot receive got")
            c.cancel(id)
            try c.expect(c.complete(id), failsWith: .cancelled, "a multishot receive on a registered handle")
            let receive = try c.submit(.stream(.receive(receiver, into: c.buffer(8).region)))
            try c.expectPending(receive)
            try c.close(sender)
            try c.expect(c.complete(receive), moves: 0, "a receive once the peer was closed", clause: "close.ends-stream")
            try c.close(receiver)
            try c.fails(.stream(.receive(receiver, into: c.buffer(8).region)), with: .badHandle)
        },
        [
            ConformanceCase(
                "register.handle.files", proves: "register.handle", title: "Every operation on registered files and directories",
                requires: .files
            ) { c in
                let directory = try c.directory
                try c.expectAnswer(c.register(directory))
                let file = try c.file("f", contents: Pattern.bytes(4096, seed: 1))
                try c.expectAnswer(c.register(file))
                try c.expectAnswer(c.register(file))
                let memory = c.buffer(4096, filledWith: 0)
                try c.expectAnswer(c.register(memory.region))
                try c.expect(c.perform(.file(.read(file, into: memory.region, at: 0))), moves: 4096, "a read")
                try c.expectEqual(memory.bytes, Pattern.bytes(4096, seed: 1), "what it read", clause: "register.handle")
                let list = c.segments([memory.region(0, 100), memory.region(100, 3996)])
                try c.expect(c.perform(.file(.writeVectored(file, from: list, at: 4096))), moves: 4096, "a vectored write")
                try c.expect(c.perform(.file(.readVectored(file, into: list, at: 4096))), moves: 4096, "a vectored read")
                for operation in [FileOperation.synchronize, FileOperation.synchronizeData] { try c.succeed(.file(operation(file))) }
                try c.succeed(.file(.truncate(file, to: 5000)))
                try c.expectEqual(c.status(of: file).size, 5000, "the size of a registered file", clause: "register.handle")
                try c.close(file)
                try c.fails(.file(.read(file, into: memory.region, at: 0)), with: .badHandle)
            },
            ConformanceCase("register.handle.listener", proves: "register.handle", "close.refuses-listener", requires: .internetStreams) {
                c in
                let listener = try c.listener()
                try c.expectAnswer(c.register(listener.handle))
                let client = try c.stream()
                try c.expectAnswer(c.register(client))
                let accept = try c.submit(.stream(.accept(listener.handle)))
                try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
                try c.expectFlow(from: client, to: c.handle(of: c.complete(accept)))
                let shots = try c.submit(.stream(.acceptMultishot(listener.handle)))
                let other = try MultishotAcceptCases.client(c, of: listener.address, tag: 3)
                try c.expectEqual(c.receive(1, from: c.handle(of: c.reapShots(1, of: shots)[0])), [3], "a connection of a multishot accept")
                try c.close(other)
                try c.close(listener.handle)
                try c.expect(c.complete(shots), failsWith: .cancelled, "an accept whose listener was closed")
                try c.fails(.stream(.connect(try c.stream(), to: c.address(listener.address))), with: .connectionRefused)
            },
            ConformanceCase("register.handle.refused", proves: "register.handle", requires: .localStreams) { c in
                let pair = try c.streamPair()
                let receive = try c.submit(.stream(.receive(pair.first, into: c.buffer(8).region)))
                try c.expectEqual(c.errorOfRegistering(pair.first)?.cause, .busy, "the cause of registering a handle in use")
                c.cancel(receive)
                _ = try c.complete(receive)
                try c.expectAnswer(c.register(pair.first))
                try c.close(pair.first)
                try c.expectEqual(c.errorOfRegistering(pair.first)?.cause, .badHandle, "the cause of registering a closed handle")
                try c.expectEqual(c.errorOfRegistering(Handle.invalid)?.cause, .badHandle, "the cause of registering no handle")
            },
            ConformanceCase(
                "register.handle.again", proves: "register.handle", "handle.stale",
                title: "What takes the place of a registered handle is not mistaken for it", requires: .localStreams
            ) { c in
                for round in 0..<50 {
                    let pair = try c.streamPair()
                    if round % 3 != 1 { try c.expectAnswer(c.register(pair.first)) }
                    if round % 2 == 0 { try c.expectAnswer(c.register(pair.second)) }
                    try c.expectFlow(from: pair.first, to: pair.second, seed: UInt64(round))
                    try c.expectFlow(from: pair.second, to: pair.first, seed: UInt64(round))
                    try c.close(pair.first)
                    try c.expectEqual(
                        c.receive(4, from: pair.second), [], "what comes from a peer that was closed", clause: "register.handle")
                    try c.close(pair.second)
                }
            },
            ConformanceCase(
                "register.handle.dropped", proves: "register.handle", "shutdown.releases",
                title: "A backend that is dropped closes registered handles", requires: .internetStreams
            ) { c in
                let listener = try c.listener()
                let peer = try c.surroundings.connect(to: listener.address)
                let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
                try c.expectAnswer(c.register(server))
                try c.expectAnswer(c.register(listener.handle))
                c.dropBackend()
                try c.expect(peer.isEnded(), "the peer sees the end", clause: "register.handle")
            },
        ])
}

extension CaseContext {
    /// Checks what registering says: it makes a difference in the kernel, or none.
    fileprivate func expectAnswer(_ mechanism: Mechanism?) throws {
        try expect(
            mechanism == .native || mechanism == .emulated,
            "registering says native or emulated (\(mechanism.map { "\($0)" } ?? "nothing"))")
    }

    /// What registering memory throws; nil when it succeeds.
    fileprivate func errorOfRegistering(_ memory: MemoryRegion) throws -> IOError? {
        do {
            _ = try live?.backend.register(memory)
            return nil
        } catch {
            return error
        }
    }

    /// What registering a handle throws; nil when it succeeds.
    fileprivate func errorOfRegistering(_ handle: Handle) throws -> IOError? {
        do {
            _ = try live?.backend.register(handle)
            return nil
        } catch {
            return error
        }
    }
}
