// Validation: a kernel interface never sees an operation that is not valid.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Checks in this order, so that every backend finds the same mistake first: the handle, its kind, its access, the arguments.
    @inline(__always)
    @inlinable func check(_ operation: Operation) -> Check {
        // Asked first and alone, what has no arguments need not wait for a copy of them.
        if case .control(.nop) = operation { return .valid }
        return switch operation {
        case .control(.nop), .time: .valid
        case .control(.close(let handle)): withHandle(handle) { _ in Check() }
        case .path(let operation): check(operation)
        case .file(let operation): check(operation)
        case .stream(let operation): checkStream(operation)
        case .message(let operation): check(operation)
        case .watch(let operation): check(operation)
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

    @inlinable func check(_ operation: WatchOperation) -> Check {
        switch operation {
        case .readiness(let handle, let readiness):
            watch(handle, readiness, flags: [])
        case .readinessMultishot(let handle, let readiness):
            watch(handle, readiness, flags: .multishot)
        case .processEnd(let handle):
            withHandle(handle) { $0.kind == .process ? Check(order: .receiving) : .failing(.wrongKind) }
        }
    }

    @inlinable func watch(_ handle: Handle, _ readiness: Readiness, flags: Slot.Flags) -> Check {
        withHandle(handle) { _ in readiness.isSubset(of: .askable) ? Check(flags: flags) : .failing(.invalidArgument) }
    }
}

extension MemoryRegion {
    /// The length, or nil when it is more than one operation may move.
    @inlinable var lengthIfValid: Int? {
        count >= 0 && count <= Limits.maximumTransfer ? count : nil
    }
}
