// Making handles of what the kernel has made.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Makes a handle of what the kernel made, or closes it again when there are too many; the result of the operation that made it.
    @inline(never)
    @inlinable mutating func adopt(
        _ number: Int32, _ kind: HandleKind, _ traits: HandleTraits, _ connection: HandleRecord.Connection,
        _ alignment: DirectAlignment = .none
    ) -> Int32 {
        let native = NativeHandle(number: number, kind: kind, traits: traits, alignment: alignment)
        let index = handles.insert(native, connection: connection)
        if index != Slot.none { return handles.result(at: index) }
        kernel.discard(native)
        return IOError(.tooManyOpen).encoded
    }

    /// Makes a handle of a connection that was accepted. It passes handles when its listener says so.
    @inline(never)
    @inlinable mutating func adoptConnection(_ index: Int32, _ number: Int32, _ kind: HandleKind) -> Int32 {
        let inherited = handles[slots[index].handle].native.traits.intersection(.passesHandles)
        return adopt(number, kind, inherited.union([.reading, .writing]), .connected)
    }

    /// Makes handles of the native ones that the kernel interface has put into the message that `region` holds. Those for which there is no room are closed.
    @inline(never)
    @inlinable mutating func adoptHandles(in region: MemoryRegion) {
        // Sound: the message and the array that it names are lent to the operation, and their sizes were checked when it was submitted.
        let message = unsafe UnsafeMutablePointer<Message>(bitPattern: region.address).unsafelyUnwrapped
        guard unsafe message.pointee.handleCount > 0 else { return }
        let natives = unsafe UnsafePointer<NativeHandle>(bitPattern: message.pointee.handles.address).unsafelyUnwrapped
        let adopted = unsafe UnsafeMutablePointer<Handle>(bitPattern: message.pointee.handles.address).unsafelyUnwrapped
        var count: Int32 = 0
        for place in 0..<Int(unsafe message.pointee.handleCount) {
            // A handle is as large as a native one, and is written no further than natives have been read.
            let native = unsafe natives[place]
            let index = handles.hasRoom ? handles.insert(native, connection: connection(of: native)) : Slot.none
            guard let handle = handles.handle(at: index) else {
                kernel.discard(native)
                unsafe message.pointee.flags.insert(.handlesTruncated)
                continue
            }
            unsafe adopted[Int(count)] = handle
            count += 1
        }
        unsafe message.pointee.handleCount = count
    }
    /// How far something that came from elsewhere has been connected. A stream that was not is as one whose connect was given up: who has its other handles
    /// may be connecting it. One that has an address of the internet's had a peer, which is gone.
    @inlinable func connection(of native: NativeHandle) -> HandleRecord.Connection {
        do throws(IOError) {
            _ = try kernel.peerAddress(of: native)
            return .connected
        } catch {
            if error.cause != .notConnected { return .connected }
            if native.kind == .datagram { return .unconnected }
            return hadPeer(native) ? .connected : .abandoned
        }
    }

    @inlinable func hadPeer(_ native: NativeHandle) -> Bool {
        do throws(IOError) { return try kernel.localAddress(of: native).port != 0 } catch { return false }
    }
}
