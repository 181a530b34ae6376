// Small changes of operations, for faults.

import IOSpec

extension Operation {
    /// The memory of a transfer that has a single region.
    var region: MemoryRegion? {
        switch self {
        case .file(.read(_, let region, _)), .file(.write(_, let region, _)), .file(.append(_, let region)),
            .stream(.receive(_, let region)), .stream(.send(_, let region)):
            region
        default: nil
        }
    }

    /// The offset of a positional transfer.
    var offset: Int64? {
        switch self {
        case .file(.read(_, _, let offset)), .file(.write(_, _, let offset)), .file(.readVectored(_, _, let offset)),
            .file(.writeVectored(_, _, let offset)):
            offset
        default: nil
        }
    }

    /// The operation with other memory; unchanged when it has no region.
    func with(_ region: MemoryRegion) -> Operation {
        switch self {
        case .file(.read(let handle, _, let offset)): .file(.read(handle, into: region, at: offset))
        case .file(.write(let handle, _, let offset)): .file(.write(handle, from: region, at: offset))
        case .file(.append(let handle, _)): .file(.append(handle, from: region))
        case .stream(.receive(let handle, _)): .stream(.receive(handle, into: region))
        case .stream(.send(let handle, _)): .stream(.send(handle, from: region))
        default: self
        }
    }

    /// The operation at another offset; unchanged when it has none.
    func at(_ offset: Int64) -> Operation {
        switch self {
        case .file(.read(let handle, let region, _)): .file(.read(handle, into: region, at: offset))
        case .file(.write(let handle, let region, _)): .file(.write(handle, from: region, at: offset))
        case .file(.readVectored(let handle, let segments, _)): .file(.readVectored(handle, into: segments, at: offset))
        case .file(.writeVectored(let handle, let segments, _)): .file(.writeVectored(handle, from: segments, at: offset))
        default: self
        }
    }

    /// The operation with at most `count` bytes of its region.
    func limited(to count: Int) -> Operation {
        guard let region, region.count > count else { return self }
        return with(region.prefix(count))
    }

    /// The operation with other open options; unchanged when it opens nothing.
    func opening(_ change: (OpenOptions) -> OpenOptions) -> Operation {
        guard case .path(.open(let directory, let path, let options, let permissions)) = self else { return self }
        return .path(.open(beneath: directory, path: path, options: change(options), permissions: permissions))
    }

    /// The operation with other segments; unchanged when it is not vectored.
    func segments(_ change: (SegmentList) -> SegmentList) -> Operation {
        switch self {
        case .file(.readVectored(let handle, let segments, let offset)): .file(.readVectored(handle, into: change(segments), at: offset))
        case .file(.writeVectored(let handle, let segments, let offset)): .file(.writeVectored(handle, from: change(segments), at: offset))
        default: self
        }
    }
}

extension MemoryRegion {
    /// The first `count` bytes of the region.
    func prefix(_ count: Int) -> MemoryRegion {
        // Sound: the result lies inside a region whose lender made the promise already.
        unsafe MemoryRegion(address: address, count: min(count, self.count))
    }

    /// Sets bytes of the region, as far as it reaches.
    func overwrite(from start: Int, count: Int, with byte: UInt8) {
        guard start < self.count, let memory = unsafe UnsafeMutablePointer<UInt8>(bitPattern: address) else { return }
        // Sound: the region is lent to the operation that the fault belongs to.
        for index in max(0, start)..<min(start + count, self.count) { unsafe memory[index] = byte }
    }
}

extension MemoryRegion {
    /// Changes the status that the region holds.
    func changeStatus(_ change: (inout FileStatus) -> Void) {
        guard count == MemoryLayout<FileStatus>.size, let memory = unsafe UnsafeMutableRawPointer(bitPattern: address) else { return }
        // Sound: the region is lent to the operation that the fault belongs to, which has just filled it.
        var status = unsafe memory.loadUnaligned(as: FileStatus.self)
        change(&status)
        unsafe memory.storeBytes(of: status, as: FileStatus.self)
    }
}

extension SegmentList {
    /// The first `count` segments.
    func prefix(_ count: Int) -> SegmentList {
        // Sound: the result lies inside a list whose lender made the promise already.
        unsafe SegmentList(address: address, count: min(count, self.count))
    }
}

extension Int32 {
    /// Whether the result says that an operation failed with `cause`.
    func isError(_ cause: IOError.Cause) -> Bool { IOError(encoded: self)?.cause == cause }

    /// The result with one cause told in place of another.
    func replacing(_ cause: IOError.Cause, with other: IOError.Cause) -> Int32 {
        isError(cause) ? IOError(other).encoded : self
    }
}

extension Submission {
    /// The submission of another operation under the same rules.
    func with(_ operation: Operation) -> Submission {
        Submission(operation, deadline: deadline, isBarrier: isBarrier)
    }
}
