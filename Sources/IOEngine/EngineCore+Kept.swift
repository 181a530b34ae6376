// Connections that the kernel has accepted and for which there was no room.

public import IOSpec

/// A connection that waits for the next accept of its listener.
@usableFromInline struct KeptConnection {
    @usableFromInline let listener: Int32
    @usableFromInline let native: NativeHandle

    @inlinable init(listener: Int32, native: NativeHandle) {
        self.listener = listener
        self.native = native
    }
}

extension EngineCore where Kernel: ~Copyable {
    /// What one shot of a multishot accept completes with. The room that was kept for its connection is taken; without room the connection is kept, and so is
    /// each one that comes after it, so that they keep their order.
    @inlinable mutating func adoptShot(_ index: Int32, _ number: Int32, _ kind: HandleKind) -> Int32 {
        if slots[index].flags.contains(.reserving) {
            slots[index].flags.remove(.reserving)
            handles.reserved -= 1
        }
        if slots[index].failure == 0, handles.hasRoom { return adoptConnection(index, number, kind) }
        let native = NativeHandle(number: number, kind: kind, traits: [.reading, .writing])
        kept.append(KeptConnection(listener: slots[index].handle, native: native))
        return IOError(.tooManyOpen).encoded
    }

    /// Whether an accept, for which room is kept, got a connection that was there before it.
    @inline(never)
    @inlinable mutating func takesKept(_ index: Int32) -> Bool {
        if kept.isEmpty { return false }
        let listener = slots[index].handle
        guard let place = kept.firstIndex(where: { $0.listener == listener }) else { return false }
        let native = kept.remove(at: place).native
        settleAtOnce(index, native.number, native.kind)
        return true
    }

    /// The connections that wait in a listener go with it.
    @inline(never)
    @inlinable mutating func discardKept(of listener: Int32) {
        if kept.isEmpty { return }
        for connection in kept where connection.listener == listener { kernel.discard(connection.native) }
        kept.removeAll { $0.listener == listener }
    }
}
