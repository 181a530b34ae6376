// Operations that name more handles than the one they act on.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Whether every handle that a message passes is open; if not, the operation has finished.
    @inline(never)
    @inlinable mutating func passesOpenHandles(_ index: Int32) -> Bool {
        guard slots[index].flags.contains(.namesOthers), case .message(.send(_, let region)) = slots[index].operation else { return true }
        for place in 0..<region.passedCount where resolve(region.passedHandle(at: place)) == Slot.none {
            finish(index, IOError(.badHandle).encoded)
            return false
        }
        return true
    }

    /// Puts the other handles of an operation, all of which are open, where the kernel interface sees them; the number of them.
    @inlinable func lendHandles(of index: Int32) -> Int {
        if slots[index].other != Slot.none {
            unsafe exchange.lent[0] = handles[slots[index].other].native
            return 1
        }
        guard case .message(.send(_, let region)) = slots[index].operation else { return 0 }
        for place in 0..<region.passedCount {
            let handle = resolve(region.passedHandle(at: place))
            // From now on somebody else may list the directory, too.
            if handles[handle].native.kind == .directory { handles[handle].native.traits.insert(.sharingPosition) }
            unsafe exchange.lent[place] = handles[handle].native
        }
        return region.passedCount
    }
}

extension MemoryRegion {
    /// The message that the region holds. Sound because it was checked, when its operation was submitted, that the region has the size of one.
    @inlinable var message: Message {
        unsafe UnsafePointer<Message>(bitPattern: address).unsafelyUnwrapped.pointee
    }

    /// The handles that the message passes.
    @inlinable var passedCount: Int { message.handles.count / MemoryLayout<Handle>.size }

    /// Sound because the array is lent to the operation as the message is, and `place` is below ``passedCount``.
    @inlinable func passedHandle(at place: Int) -> Handle {
        unsafe UnsafePointer<Handle>(bitPattern: message.handles.address).unsafelyUnwrapped[place]
    }
}
