// Validation of messages.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    @inlinable func check(_ operation: MessageOperation) -> Check {
        switch operation {
        case .send(let handle, let region): message(handle, region, .writing)
        case .receive(let handle, let region): message(handle, region, .reading)
        }
    }

    @inlinable func message(_ handle: Handle, _ region: MemoryRegion, _ access: HandleTraits) -> Check {
        withHandle(handle) { native in
            if native.kind != .datagram && native.kind != .packets && native.kind != .stream { return .failing(.wrongKind) }
            if !native.traits.contains(access) { return .failing(.wrongAccess) }
            guard region.holdsMessage, let length = length(of: region.message.segments) else { return .failing(.invalidArgument) }
            let namesPeer = access == .writing && region.message.address.count > 0
            if namesPeer, native.kind != .datagram { return .failing(.invalidArgument) }
            let hasHandles = region.message.handles.count > 0
            if hasHandles, !native.traits.contains(.passesHandles) { return .failing(.unsupported) }
            guard region.message.isWellFormed, native.kind != .stream || !hasHandles || length > 0 else {
                return .failing(.invalidArgument)
            }
            return access == .reading ? receiving(native, length) : sending(native, length, hasHandles)
        }
    }

    /// Everything of a stream is sent; a datagram or packet is sent whole or not at all.
    @inlinable func sending(_ native: NativeHandle, _ length: Int, _ hasHandles: Bool) -> Check {
        var flags: Slot.Flags = native.kind == .stream ? .transfer : []
        if hasHandles { flags.insert(.namesOthers) }
        let isEmpty = native.kind == .stream && length == 0
        return Check(requested: length, order: isEmpty ? .none : .sending, flags: flags)
    }

    /// A stream gives at least one byte, so that with room for none it is not asked.
    @inlinable func receiving(_ native: NativeHandle, _ length: Int) -> Check {
        if native.kind == .stream, length == 0 { return Check(flags: .transfer) }
        return Check(requested: length, order: .receiving)
    }
}

extension MemoryRegion {
    /// Whether a message can be there.
    @inlinable var holdsMessage: Bool {
        count == MemoryLayout<Message>.size && address % UInt(MemoryLayout<Message>.alignment) == 0
    }
}

extension Message {
    /// Whether the address and the handles have sizes and places that can be.
    @inlinable var isWellFormed: Bool {
        let hasAddress = address.count == 0 || address.count == MemoryLayout<SocketAddress>.size
        let size = MemoryLayout<Handle>.size
        let isAligned = handles.count == 0 || handles.address % UInt(MemoryLayout<Handle>.alignment) == 0
        return hasAddress && isAligned && handles.count >= 0 && handles.count % size == 0 && handles.count <= Self.maximumHandles * size
    }
}
