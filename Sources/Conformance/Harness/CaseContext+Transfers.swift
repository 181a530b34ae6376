// Transfers and tables of operations that many cases need, in the words of the cases.

public import IOSpec

extension CaseContext {
    /// Reads up to `count` bytes at `offset`, which must succeed, and checks that the buffer is untouched past the count.
    public func read(_ count: Int, from handle: Handle, at offset: Int64 = 0) throws -> [UInt8] {
        let memory = buffer(count, filledWith: 0xA5)
        defer { release(memory) }
        let moved = try succeed(.file(.read(handle, into: memory.region, at: offset)))
        try expect(moved <= count, "a read of \(count) bytes moves no more (it says \(moved))", clause: "result.portable")
        try expectUntouched(memory, from: moved)
        return memory.bytes(0, moved)
    }

    /// Writes all of `bytes` at `offset`, which must succeed in full.
    public func write(_ bytes: [UInt8], to handle: Handle, at offset: Int64 = 0) throws {
        let memory = buffer(bytes)
        defer { release(memory) }
        let moved = try succeed(.file(.write(handle, from: memory.region, at: offset)))
        try expectEqual(moved, bytes.count, "the bytes that a write at \(offset) moved", clause: "file.full-transfer")
    }

    /// Checks that a buffer that was lent full of 0xA5 still is, from `start` on.
    public func expectUntouched(_ memory: CaseBuffer, from start: Int = 0, clause: String = "file.untouched-past-count") throws {
        for index in start..<memory.count where memory[index] != 0xA5 {
            throw CaseFailure("byte \(index) of a buffer was touched, of which only \(start) bytes were moved", clause: clause)
        }
    }

    /// A region that says it is `count` bytes long; only for what must be refused before memory is touched.
    public func overlong(_ count: Int, over memory: CaseBuffer) -> MemoryRegion {
        // Sound: a conforming backend refuses the length without looking at the memory.
        unsafe MemoryRegion(address: memory.region.address, count: count)
    }

    /// A list that says it has `count` segments; only for what must be refused before memory is touched.
    public func overlong(segments count: Int, over list: SegmentList) -> SegmentList {
        // Sound: a conforming backend refuses the count without looking at the memory.
        unsafe SegmentList(address: list.address, count: count)
    }

    /// A handle of each kind, with the words for it.
    public func handlesOfEveryKind() throws -> [(name: String, kind: HandleKind, handle: Handle)] {
        var handles: [(name: String, kind: HandleKind, handle: Handle)] = [
            ("a file", .file, try file("every-kind", contents: [1, 2, 3])), ("a directory", .directory, try directory),
        ]
        if capabilities.contains(.localStreams) { handles.append(("a stream", .stream, try streamPair().first)) }
        if capabilities.contains(.pipes) { handles.append(("a pipe", .pipe, try pipe().first)) }
        if capabilities.contains(.internetStreams) { handles.append(("a listener", .listener, try listener().handle)) }
        if capabilities.contains(.internetDatagrams) { handles.append(("a datagram handle", .datagram, try datagram(.internet4).handle)) }
        if capabilities.contains(.localMessages) {
            handles.append(("a local datagram handle", .datagram, try acquire(pair: .datagrams).first))
            handles.append(("packets", .packets, try acquire(pair: .packets).first))
            handles.append(("a listener for packets", .listener, try packetListener().handle))
        }
        if capabilities.contains(.foreignHandles), let counter = try? NativeDescriptor.counter() {
            handles.append(("a foreign handle", .foreign, try foreign(counter)))
        }
        return handles
    }

    /// One operation of each kind that has a handle, closing apart, on `handle`; their arguments are valid.
    public func operations(on handle: Handle) -> [Operation] {
        let memory = buffer(16)
        let list = segments([memory.region])
        let status = buffer(MemoryLayout<FileStatus>.size)
        return [
            .path(.open(beneath: handle, path: path("some-name"), options: .reading, permissions: 0)),
            .file(.read(handle, into: memory.region, at: 0)), .file(.write(handle, from: memory.region, at: 0)),
            .file(.readVectored(handle, into: list, at: 0)), .file(.writeVectored(handle, from: list, at: 0)),
            .file(.append(handle, from: memory.region)), .file(.synchronize(handle)), .file(.synchronizeData(handle)),
            .file(.status(handle, into: status.region)), .file(.truncate(handle, to: 0)),
            .path(.status(beneath: handle, path: path("some-name"), into: status.region, followsLink: true)),
            .path(.readLink(beneath: handle, path: path("some-name"), into: memory.region)),
            .path(.symbolicLink(beneath: handle, path: path("some-link"), target: path("some-name"))),
            .path(.hardLink(beneath: handle, path: path("some-name"), toDirectory: handle, toPath: path("another-name"))),
            .path(.rename(beneath: handle, path: path("some-name"), toDirectory: handle, toPath: path("another-name"), .replacing)),
            .path(.unlink(beneath: handle, path: path("some-name"))),
            .path(.makeDirectory(beneath: handle, path: path("some-directory"), permissions: 0o755)),
            .path(.removeDirectory(beneath: handle, path: path("some-directory"))),
            .file(.allocate(handle, at: 0, count: 16, keepsSize: false)), .file(.punchHole(handle, at: 0, count: 16)),
            .file(.advise(handle, at: 0, count: 16, .willNeed)), .file(.setPermissions(handle, 0o644)),
            .file(.setTimes(handle, access: .now, modification: .now)), .file(.lock(handle, .shared)), .file(.unlock(handle)),
            .file(.list(handle, into: memory.region, after: 0)),
            .stream(.receive(handle, into: memory.region)), .stream(.send(handle, from: memory.region)), .stream(.accept(handle)),
            .stream(.connect(handle, to: address(.loopback4(port: 9)))), .stream(.shutDown(handle, .both)),
            .stream(.receiveExactly(handle, into: memory.region)), .stream(.receiveVectored(handle, into: list)),
            .stream(.sendVectored(handle, from: list)), .stream(.setOption(handle, .sendBuffer, 65_536)),
            .stream(.option(handle, .sendBuffer)), .message(.send(handle, outgoing([1]).region)),
            .message(.receive(handle, incoming().region)),
            .stream(.acceptMultishot(handle)), .stream(.receiveMultishot(handle, anyPool)),
            .stream(.sendZeroCopy(handle, from: memory.region)),
            .stream(.splice(from: handle, to: handle, count: 1, at: 0)), .watch(.readiness(handle, .receiving)),
            .watch(.readinessMultishot(handle, .receiving)), .watch(.processEnd(handle)),
        ]
    }
}
