// Validation of what is done with files and directories.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    @inline(__always)
    @inlinable func check(_ operation: FileOperation) -> Check {
        switch operation {
        case .read(let handle, let region, let offset):
            transfer(handle, .reading, offset, { region.lengthIfValid }, isAligned: { region.isAligned(to: $0) })
        case .write(let handle, let region, let offset):
            transfer(handle, .writing, offset, { region.lengthIfValid }, isAligned: { region.isAligned(to: $0) })
        case .readVectored(let handle, let segments, let offset):
            transfer(handle, .reading, offset, { length(of: segments) }, isAligned: { segments.isAligned(to: $0) })
        case .writeVectored(let handle, let segments, let offset):
            transfer(handle, .writing, offset, { length(of: segments) }, isAligned: { segments.isAligned(to: $0) })
        case .append(let handle, let region):
            append(handle, region)
        case .synchronize(let handle), .synchronizeData(let handle):
            withHandle(handle) { $0.kind == .file || $0.kind == .directory ? Check() : .failing(.wrongKind) }
        case .status(let handle, let region):
            withHandle(handle) { _ in region.count == MemoryLayout<FileStatus>.size ? Check() : .failing(.invalidArgument) }
        case .truncate(let handle, let length):
            truncate(handle, length)
        case .allocate(let handle, let offset, let count, _), .punchHole(let handle, let offset, let count):
            space(handle, offset, count)
        case .advise(let handle, let offset, let count, _):
            advise(handle, offset, count)
        case .setPermissions(let handle, let permissions):
            named(handle) { permissions <= 0o7777 }
        case .setTimes(let handle, _, _):
            named(handle) { true }
        case .lock(let handle, _), .unlock(let handle):
            withHandle(handle) { $0.kind == .file ? Check(order: .receiving) : .failing(.wrongKind) }
        case .list(let handle, let region, _):
            list(handle, region)
        }
    }

    /// What is done to the name that a handle stands for, whatever it was opened for.
    @inlinable func named(_ handle: Handle, _ isValid: () -> Bool) -> Check {
        withHandle(handle) { native in
            if native.kind != .file && native.kind != .directory { return .failing(.wrongKind) }
            return isValid() ? Check() : .failing(.invalidArgument)
        }
    }

    @inlinable func space(_ handle: Handle, _ offset: Int64, _ count: Int64) -> Check {
        withHandle(handle) { native in
            if native.kind != .file { return .failing(native.kind == .directory ? .isDirectory : .notSeekable) }
            if !native.traits.contains(.writing) { return .failing(.wrongAccess) }
            let isInRange = offset >= 0 && count > 0 && !offset.addingReportingOverflow(count).overflow
            return isInRange ? Check() : .failing(.invalidArgument)
        }
    }

    @inlinable func advise(_ handle: Handle, _ offset: Int64, _ count: Int64) -> Check {
        withHandle(handle) { native in
            if native.kind != .file { return .failing(native.kind == .directory ? .isDirectory : .notSeekable) }
            let isInRange = offset >= 0 && count >= 0 && !offset.addingReportingOverflow(count).overflow
            return isInRange ? Check() : .failing(.invalidArgument)
        }
    }

    /// Listings of one handle keep their order, since the kernel may have one position for all of them.
    @inlinable func list(_ handle: Handle, _ region: MemoryRegion) -> Check {
        withHandle(handle) { native in
            if native.kind != .directory { return .failing(.notDirectory) }
            guard let length = region.lengthIfValid, length > 0 else { return .failing(.invalidArgument) }
            return Check(order: .receiving)
        }
    }

    @inline(__always)
    @inlinable func transfer(
        _ handle: Handle, _ access: HandleTraits, _ offset: Int64, _ length: () -> Int?, isAligned: (DirectAlignment) -> Bool
    ) -> Check {
        withHandle(handle) { native in
            if native.kind != .file { return .failing(native.kind == .directory ? .isDirectory : .notSeekable) }
            guard let length = length() else { return .failing(.invalidArgument) }
            if length == 0, faults.contains(.skipsChecksOfEmptyTransfers) { return Check(flags: .transfer) }
            if !native.traits.contains(access) { return .failing(.wrongAccess) }
            let isAppend = access == .writing && native.traits.contains(.appending)
            if isAppend, !faults.contains(.allowsPositionalAppends) { return .failing(.invalidArgument) }
            let isInRange = offset >= 0 && !offset.addingReportingOverflow(Int64(length)).overflow
            guard isInRange else { return .failing(.invalidArgument) }
            if native.traits.contains(.direct), length > 0, !(native.alignment.admits(offset: offset) && isAligned(native.alignment)) {
                return .failing(.misaligned)
            }
            return Check(requested: length, flags: .transfer)
        }
    }

    /// Appends keep their order, since each may need more than one write.
    @inlinable func append(_ handle: Handle, _ region: MemoryRegion) -> Check {
        withHandle(handle) { native in
            if native.kind != .file { return .failing(native.kind == .directory ? .isDirectory : .wrongKind) }
            if !native.traits.contains(.writing) { return .failing(.wrongAccess) }
            guard native.traits.contains(.appending), let length = region.lengthIfValid else { return .failing(.invalidArgument) }
            if native.traits.contains(.direct), !region.isAligned(to: native.alignment) { return .failing(.misaligned) }
            return Check(requested: length, order: length == 0 ? .none : .sending, flags: .transfer)
        }
    }

    @inlinable func truncate(_ handle: Handle, _ length: Int64) -> Check {
        withHandle(handle) { native in
            if native.kind != .file { return .failing(native.kind == .directory ? .isDirectory : .wrongKind) }
            if !native.traits.contains(.writing) { return .failing(.wrongAccess) }
            return length >= 0 ? Check() : .failing(.invalidArgument)
        }
    }

    /// The bytes of all segments, or nil when there are too many of either, or a length is negative.
    @inlinable func length(of segments: SegmentList) -> Int? {
        let isTooLong = segments.count > Limits.maximumSegments && !faults.contains(.truncatesSegments)
        guard segments.count >= 0, !isTooLong else { return nil }
        var total = 0
        for index in 0..<min(segments.count, Limits.maximumSegments) {
            // Sound: the list is lent to the operation that is being submitted.
            guard let length = unsafe segments.region(at: index).lengthIfValid else { return nil }
            total += length
        }
        return total <= Limits.maximumTransfer ? total : nil
    }
}

extension MemoryRegion {
    /// Whether a direct transfer may use the region. Some devices take what is less aligned: asking here makes every kernel refuse the same.
    @inlinable func isAligned(to alignment: DirectAlignment) -> Bool {
        alignment.admits(address: address, count: count)
    }
}

extension SegmentList {
    /// Whether a direct transfer may use every segment.
    @inlinable func isAligned(to alignment: DirectAlignment) -> Bool {
        for index in 0..<count {
            // Sound: the list is lent to the operation that is being submitted, and its count was checked.
            if unsafe !region(at: index).isAligned(to: alignment) { return false }
        }
        return true
    }
}
