// Validation of what begins with a path.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    @inlinable func check(_ operation: PathOperation) -> Check {
        var check = beneath(operation.handle, operation.path) { mistake(in: operation) }
        guard check.failure == 0, let second = Operation.path(operation).secondHandle else { return check }
        let other = beneath(second, operation.secondPath) { nil }
        if other.failure != 0 { return other }
        check.other = other.handle
        check.flags = .namesOthers
        return check
    }

    @inlinable func beneath(_ directory: Handle, _ path: PathReference, _ mistake: () -> IOError.Cause?) -> Check {
        withHandle(directory) { native in
            if native.kind != .directory { return .failing(.wrongKind) }
            if faults.contains(.skipsPathChecks) { return Check() }
            if let cause = path.mistake ?? mistake() { return .failing(cause) }
            return Check()
        }
    }

    /// What is wrong with the other arguments, or nil.
    @inlinable func mistake(in operation: PathOperation) -> IOError.Cause? {
        switch operation {
        case .open(_, _, let options, let permissions): options.mistake ?? (permissions <= 0o7777 ? nil : .invalidArgument)
        case .makeDirectory(_, _, let permissions): permissions <= 0o7777 ? nil : .invalidArgument
        case .status(_, _, let region, _): region.count == MemoryLayout<FileStatus>.size ? nil : .invalidArgument
        case .readLink(_, _, let region): region.lengthIfValid ?? 0 > 0 ? nil : .invalidArgument
        case .symbolicLink(_, _, let target): target.mistake
        case .hardLink, .rename, .unlink, .removeDirectory: nil
        }
    }
}

extension PathOperation {
    /// The path in the second directory, of an operation that has one.
    @inlinable var secondPath: PathReference {
        switch self {
        case .hardLink(_, _, _, let path), .rename(_, _, _, let path, _): path
        default: path
        }
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
            let others: OpenOptions = [.writing, .appending, .creating, .exclusive, .truncating, .direct, .temporary]
            return isDisjoint(with: others) ? nil : .invalidArgument
        }
        if contains(.temporary) {
            return writes && isDisjoint(with: [.creating, .exclusive, .truncating, .noFollow]) ? nil : .invalidArgument
        }
        let isContradictory = contains(.exclusive) && !contains(.creating) || contains(.truncating) && !writes
        return isContradictory || !(contains(.reading) || writes) ? .invalidArgument : nil
    }
}
