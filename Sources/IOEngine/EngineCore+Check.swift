// Validation: a kernel interface never sees an operation that is not valid.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Checks in this order, so that every backend finds the same mistake first: the handle, its kind, its access, the arguments.
    @inline(__always)
    @inlinable func check(_ operation: Operation) -> Check {
        switch operation {
        case .control(.nop), .time: .valid
        case .control(.close(let handle)): withHandle(handle) { _ in Check() }
        case .path(let operation): check(operation)
        case .file(let operation): check(operation)
        case .stream(let operation): checkStream(operation)
        }
    }

    /// Resolves the handle; a check that fails refers to none.
    @inline(__always)
    @inlinable func withHandle(_ handle: Handle, _ body: (NativeHandle) -> Check) -> Check {
        let index = resolve(handle)
        if index == Slot.none { return .failing(.badHandle) }
        var check = body(handles[index].native)
        if check.failure == 0 { check.handle = index }
        return check
    }

    @inlinable func resolve(_ handle: Handle) -> Int32 {
        guard faults.contains(.ignoresHandleGeneration) else { return handles.index(of: handle) }
        return handles.handle(at: Int32(bitPattern: handle.index)) == nil ? Slot.none : Int32(bitPattern: handle.index)
    }

    @inlinable func check(_ operation: PathOperation) -> Check {
        guard case .open(let directory, let path, let options, let permissions) = operation else { return .failing(.unsupported) }
        return withHandle(directory) { native in
            if native.kind != .directory { return .failing(.wrongKind) }
            if faults.contains(.skipsPathChecks) { return Check() }
            if let cause = path.mistake ?? options.mistake { return .failing(cause) }
            return permissions <= 0o7777 ? Check() : .failing(.invalidArgument)
        }
    }

    // MARK: Files

    @inline(__always)
    @inlinable func check(_ operation: FileOperation) -> Check {
        switch operation {
        case .read(let handle, let region, let offset):
            transfer(handle, .reading, offset) { region.lengthIfValid }
        case .write(let handle, let region, let offset):
            transfer(handle, .writing, offset) { region.lengthIfValid }
        case .readVectored(let handle, let segments, let offset):
            transfer(handle, .reading, offset) { length(of: segments) }
        case .writeVectored(let handle, let segments, let offset):
            transfer(handle, .writing, offset) { length(of: segments) }
        case .append(let handle, let region):
            append(handle, region)
        case .synchronize(let handle), .synchronizeData(let handle):
            withHandle(handle) { $0.kind == .file || $0.kind == .directory ? Check() : .failing(.wrongKind) }
        case .status(let handle, let region):
            withHandle(handle) { _ in region.count == MemoryLayout<FileStatus>.size ? Check() : .failing(.invalidArgument) }
        case .truncate(let handle, let length):
            truncate(handle, length)
        }
    }

    @inline(__always)
    @inlinable func transfer(_ handle: Handle, _ access: HandleTraits, _ offset: Int64, _ length: () -> Int?) -> Check {
        withHandle(handle) { native in
            if native.kind != .file { return .failing(native.kind == .directory ? .isDirectory : .notSeekable) }
            guard let length = length() else { return .failing(.invalidArgument) }
            if length == 0, faults.contains(.skipsChecksOfEmptyTransfers) { return Check(flags: .transfer) }
            if !native.traits.contains(access) { return .failing(.wrongAccess) }
            let isAppend = access == .writing && native.traits.contains(.appending)
            if isAppend, !faults.contains(.allowsPositionalAppends) { return .failing(.invalidArgument) }
            let isInRange = offset >= 0 && !offset.addingReportingOverflow(Int64(length)).overflow
            return isInRange ? Check(requested: length, flags: .transfer) : .failing(.invalidArgument)
        }
    }

    /// Appends keep their order, since each may need more than one write.
    @inlinable func append(_ handle: Handle, _ region: MemoryRegion) -> Check {
        withHandle(handle) { native in
            if native.kind != .file { return .failing(native.kind == .directory ? .isDirectory : .wrongKind) }
            if !native.traits.contains(.writing) { return .failing(.wrongAccess) }
            guard native.traits.contains(.appending), let length = region.lengthIfValid else { return .failing(.invalidArgument) }
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

    // MARK: Streams

    /// What is in no direction's order, or has nothing to move, takes no place.
    @inlinable func checkStream(_ operation: StreamOperation) -> Check {
        var check = check(operation)
        let isEmpty = check.flags.contains(.transfer) && check.requested == 0
        if check.failure == 0, !isEmpty { check.order = StreamOrder(.stream(operation)) }
        return check
    }

    @inlinable func check(_ operation: StreamOperation) -> Check {
        switch operation {
        case .receive(let handle, let region): transfer(handle, .reading, region)
        case .send(let handle, let region): transfer(handle, .writing, region)
        case .accept(let handle): withHandle(handle) { $0.kind == .listener ? Check() : .failing(.wrongKind) }
        case .connect(let handle, let address): connect(handle, address)
        case .shutDown(let handle, _): withHandle(handle) { $0.kind == .stream ? Check() : .failing(.wrongKind) }
        }
    }

    @inlinable func transfer(_ handle: Handle, _ access: HandleTraits, _ region: MemoryRegion) -> Check {
        withHandle(handle) { native in
            if native.kind != .stream && native.kind != .pipe { return .failing(.wrongKind) }
            guard let length = region.lengthIfValid else { return .failing(.invalidArgument) }
            if length == 0, faults.contains(.skipsChecksOfEmptyTransfers) { return Check(flags: .transfer) }
            return native.traits.contains(access) ? Check(requested: length, flags: .transfer) : .failing(.wrongAccess)
        }
    }

    @inlinable func connect(_ handle: Handle, _ address: MemoryRegion) -> Check {
        withHandle(handle) { native in
            if native.kind != .stream { return .failing(.wrongKind) }
            if address.count != MemoryLayout<SocketAddress>.size { return .failing(.invalidArgument) }
            switch handles[Int32(bitPattern: handle.index)].connection {
            case .unconnected: return Check()
            case .abandoned: return .failing(.notConnected)
            case .connecting, .connected: return .failing(.alreadyConnected)
            }
        }
    }
}

extension MemoryRegion {
    /// The length, or nil when it is more than one operation may move.
    @inlinable var lengthIfValid: Int? {
        count >= 0 && count <= Limits.maximumTransfer ? count : nil
    }
}

extension PathReference {
    /// What is wrong with the path as such, or nil.
    @inlinable var mistake: IOError.Cause? {
        if region.count < 2 { return .invalidArgument }
        if region.count > Limits.maximumPathLength { return .nameTooLong }
        // Sound: the bytes are lent to the operation that is being submitted.
        let bytes = unsafe UnsafePointer<UInt8>(bitPattern: region.address).unsafelyUnwrapped
        for index in 0..<region.count {
            let isLast = index == region.count - 1
            if unsafe (bytes[index] == 0) != isLast { return .invalidArgument }
        }
        return nil
    }
}

extension OpenOptions {
    /// What is wrong with the options as such, or nil.
    @inlinable var mistake: IOError.Cause? {
        if !isSubset(of: .all) { return .invalidArgument }
        let writes = contains(.writing) || contains(.appending)
        if contains(.directory) {
            let others: OpenOptions = [.writing, .appending, .creating, .exclusive, .truncating, .direct]
            return isDisjoint(with: others) ? nil : .invalidArgument
        }
        let isContradictory = contains(.exclusive) && !contains(.creating) || contains(.truncating) && !writes
        return isContradictory || !(contains(.reading) || writes) ? .invalidArgument : nil
    }
}
