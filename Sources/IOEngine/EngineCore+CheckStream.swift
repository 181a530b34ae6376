// Validation of what is done with streams, pipes and listeners.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// What is in no direction's order, or has nothing to move, takes no place.
    @inlinable func checkStream(_ operation: StreamOperation) -> Check {
        var check = check(operation)
        let isEmpty = check.flags.contains(.transfer) && check.requested == 0
        if check.failure == 0, !isEmpty, check.order == .none { check.order = StreamOrder(operation) }
        return check
    }

    @inlinable func check(_ operation: StreamOperation) -> Check {
        switch operation {
        case .receive(let handle, let region): transfer(handle, .reading, flags: .takesSome) { region.lengthIfValid }
        case .receiveExactly(let handle, let region): transfer(handle, .reading, flags: []) { region.lengthIfValid }
        case .receiveVectored(let handle, let segments): transfer(handle, .reading, flags: .takesSome) { length(of: segments) }
        case .send(let handle, let region), .sendZeroCopy(let handle, let region):
            transfer(handle, .writing, flags: []) { region.lengthIfValid }
        case .sendVectored(let handle, let segments): transfer(handle, .writing, flags: []) { length(of: segments) }
        case .splice(let source, let target, let count, let offset): splice(source, target, count, offset)
        case .accept(let handle): withHandle(handle) { $0.kind == .listener ? Check() : .failing(.wrongKind) }
        case .acceptMultishot(let handle):
            withHandle(handle) { $0.kind == .listener ? Check(flags: .multishot) : .failing(.wrongKind) }
        case .receiveMultishot(let handle, let pool): receiveMultishot(handle, pool)
        case .connect(let handle, let address): connect(handle, address)
        case .shutDown(let handle, _): withHandle(handle) { $0.kind == .stream || $0.kind == .packets ? Check() : .failing(.wrongKind) }
        case .setOption(let handle, let option, let value): self.option(handle) { option.accepts(value) }
        case .option(let handle, _): option(handle) { true }
        }
    }

    @inlinable func transfer(_ handle: Handle, _ access: HandleTraits, flags: Slot.Flags, _ length: () -> Int?) -> Check {
        withHandle(handle) { native in
            if native.kind != .stream && native.kind != .pipe { return .failing(.wrongKind) }
            guard let length = length() else { return .failing(.invalidArgument) }
            if length == 0, faults.contains(.skipsChecksOfEmptyTransfers) { return Check(flags: .transfer) }
            return native.traits.contains(access) ? Check(requested: length, flags: flags.union(.transfer)) : .failing(.wrongAccess)
        }
    }

    @inlinable func receiveMultishot(_ handle: Handle, _ pool: BufferPool) -> Check {
        withHandle(handle) { native in
            if native.kind != .stream && native.kind != .pipe { return .failing(.wrongKind) }
            if !native.traits.contains(.reading) { return .failing(.wrongAccess) }
            return Int(pool.index) < pools.count ? Check(flags: .multishot) : .failing(.invalidArgument)
        }
    }

    @inlinable func connect(_ handle: Handle, _ address: MemoryRegion) -> Check {
        withHandle(handle) { native in
            if native.kind != .stream && native.kind != .packets && native.kind != .datagram { return .failing(.wrongKind) }
            if address.count != MemoryLayout<SocketAddress>.size { return .failing(.invalidArgument) }
            switch handles[Int32(bitPattern: handle.index)].connection {
            case .unconnected: return Check()
            case .abandoned: return .failing(.notConnected)
            case .connecting, .connected: return .failing(.alreadyConnected)
            }
        }
    }

    @inlinable func option(_ handle: Handle, _ isValid: () -> Bool) -> Check {
        withHandle(handle) { native in
            switch native.kind {
            case .stream, .listener, .datagram, .packets: isValid() ? Check() : .failing(.invalidArgument)
            case .file, .directory, .pipe, .process, .foreign: .failing(.wrongKind)
            }
        }
    }

    // MARK: Splicing

    @inlinable func splice(_ source: Handle, _ target: Handle, _ count: Int, _ offset: Int64) -> Check {
        var check = end(source, .reading)
        let other = end(target, .writing)
        if check.failure != 0 { return check }
        if other.failure != 0 { return other }
        let from = handles[check.handle].native.kind
        let to = handles[other.handle].native.kind
        guard from == .pipe || to == .pipe else { return .failing(.wrongKind) }
        guard count >= 0, count <= Limits.maximumTransfer, offset >= 0, !offset.addingReportingOverflow(Int64(count)).overflow else {
            return .failing(.invalidArgument)
        }
        // A file has positions and no order; what is not one has an order and no positions.
        if from != .file, to != .file, offset != 0 { return .failing(.notSeekable) }
        check.other = other.handle
        check.requested = count
        check.flags = [.transfer, .takesSome, .namesOthers]
        if count > 0 { check.order = from == .file ? .sending : to == .file ? .receiving : .both }
        return check
    }

    @inlinable func end(_ handle: Handle, _ access: HandleTraits) -> Check {
        withHandle(handle) { native in
            if native.kind != .stream && native.kind != .pipe && native.kind != .file { return .failing(.wrongKind) }
            if native.traits.contains(.appending) { return .failing(.invalidArgument) }
            return native.traits.contains(access) ? Check() : .failing(.wrongAccess)
        }
    }
}

extension SocketOption {
    /// Whether `value` is one that the option can have.
    @inlinable func accepts(_ value: Int32) -> Bool {
        switch self {
        case .noDelay, .keepAlive, .resetsOnClose, .broadcast: value == 0 || value == 1
        case .keepAliveIdle: value >= 1 && value <= 32_767
        case .receiveBuffer, .sendBuffer: value >= 1
        }
    }
}
