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
        tellWatches(of: slots[index].handle)
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

    @inlinable func keepsConnection(of listener: Int32) -> Bool {
        !kept.isEmpty && kept.contains { $0.listener == listener }
    }

    // MARK: Readiness

    /// Whether a wait for readiness is over because a connection is kept, of which the kernel knows nothing any more.
    @inline(never)
    @inlinable mutating func isReadyByKept(_ index: Int32, _ asked: Readiness) -> Bool {
        guard keepsConnection(of: slots[index].handle), asked.contains(.receiving) else { return false }
        finish(index, Int32(Readiness.receiving.rawValue))
        return true
    }

    /// Tells a multishot wait, once, that connections are kept; whether there is room for it to go on.
    @inline(never)
    @inlinable mutating func hasToldOfKept(_ index: Int32, _ asked: Readiness) -> Bool {
        guard keepsConnection(of: slots[index].handle), asked.contains(.receiving), !slots[index].flags.contains(.toldOfKept) else {
            return true
        }
        slots[index].flags.insert(.toldOfKept)
        completions.append(
            Completion(token: identity(of: index).token, result: Int32(Readiness.receiving.rawValue), hasMore: true))
        interimCount += 1
        return hasRoomForShot(index)
    }

    /// Has waits for the readiness of a listener begin again, since a connection is kept that they may not have been told of. Walks all slots, which only a connection
    /// without room pays for.
    @inline(never)
    @inlinable mutating func tellWatches(of listener: Int32) {
        for index in 0..<Int32(slots.used) where slots[index].handle == listener && slots[index].operation.isReadinessWait {
            slots[index].flags.remove(.toldOfKept)
            if slots[index].state == .heldBack {
                // What is held back is not looked at again before it is offered.
                heldBack.remove(index, through: .state, in: slots)
                makeRunnable(index)
                continue
            }
            if slots[index].state != .started || slots[index].flags.contains(.stopping) { continue }
            slots[index].flags.insert(.stopping)
            kernel.stop(UInt32(bitPattern: index))
        }
    }

    // MARK: The end

    /// The connections that wait in a listener go with it.
    @inline(never)
    @inlinable mutating func discardKept(of listener: Int32) {
        if kept.isEmpty { return }
        for connection in kept where connection.listener == listener { kernel.discard(connection.native) }
        kept.removeAll { $0.listener == listener }
    }
}

extension Operation {
    /// Whether it waits for readiness and nothing else.
    @inlinable var isReadinessWait: Bool {
        switch self {
        case .watch(.readiness), .watch(.readinessMultishot): true
        default: false
        }
    }
}
