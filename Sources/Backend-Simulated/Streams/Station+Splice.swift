// Moving bytes from one handle to another.

import IOSpec

extension Station {
    /// Moves what is there and what there is room for.
    func attemptSplice(_ count: Int, at offset: Int64, _ flight: InFlight) -> Attempt {
        guard let source = flight.thing, let target = flight.otherThings.first else { return .failed(.wrongKind) }
        if case .pipe(let source) = source, case .pipe(let target) = target, source.pipe === target.pipe {
            return .failed(.invalidArgument)
        }
        do throws(IOError) {
            if case .file(let file) = source, let target = target.byteEnd { return try splice(file, target, count, offset) }
            guard let source = source.byteEnd else { return .failed(.wrongKind) }
            if case .file(let file) = target { return try splice(source, file, count, offset) }
            guard let target = target.byteEnd else { return .failed(.wrongKind) }
            return splice(source, target, count)
        } catch {
            return .over(error.encoded)
        }
    }

    private func splice(_ source: ByteEnd, _ target: ByteEnd, _ count: Int) -> Attempt {
        switch (source.incoming, target.outgoing(for: count, whole: false)) {
        case (.bytes(let available), .room(let room)):
            let moved = world.cut(min(count, available, room))
            target.put(source.take(moved))
            return .over(Int32(moved))
        // Of a pipe it is found first that nobody reads it.
        case (_, .failed(let cause)) where target is PipeEnd: return target.failing(cause)
        case (.nothing, _): return .waits(source.receiving)
        case (.end, _): return .over(0)
        case (.failed(let cause), _): return source.failing(cause)
        case (.bytes, .failed(let cause)): return target.failing(cause)
        case (.bytes, .nothing): return .waits(target.sending)
        }
    }

    // MARK: Files

    private func splice(_ source: OpenFile, _ target: ByteEnd, _ count: Int, _ offset: Int64) throws(IOError) -> Attempt {
        switch target.outgoing(for: count, whole: false) {
        case .room(let room):
            let bytes = source.read(try share(of: min(count, room), at: offset, source), at: offset)
            if !bytes.isEmpty { target.put(bytes) }
            return .over(Int32(bytes.count))
        case .nothing: return .waits(target.sending)
        case .failed(let cause): return target.failing(cause)
        }
    }

    /// Bytes for which the file has no room stay where they are.
    private func splice(_ source: ByteEnd, _ target: OpenFile, _ count: Int, _ offset: Int64) throws(IOError) -> Attempt {
        switch source.incoming {
        case .bytes(let available):
            let bytes = source.first(try share(of: min(count, available), at: offset, target))
            let moved = try target.write(bytes, at: offset)
            _ = source.take(moved)
            return .over(Int32(moved))
        case .nothing: return .waits(source.receiving)
        case .end: return .over(0)
        case .failed(let cause): return source.failing(cause)
        }
    }

    /// How many of `count` bytes are moved at once from or to a file. Chance may cut that short, but for direct transfers, which are whole units at whole units.
    ///
    /// - Throws: `.misaligned`.
    private func share(of count: Int, at offset: Int64, _ file: OpenFile) throws(IOError) -> Int {
        if !file.isDirect { return world.cut(count) }
        let unit = 1 << Int(DirectAlignment.ofSimulatedFiles.offsetShift)
        if count < unit || offset % Int64(unit) != 0 { throw IOError(.misaligned) }
        return count / unit * unit
    }
}
