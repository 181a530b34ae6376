// Accepts: room for what they make, and what becomes of one for which there is none.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Whether an accept goes on to the kernel: there is room for its handle, and no connection that was there before it.
    @inline(never)
    @inlinable mutating func isReadyToAccept(_ index: Int32) -> Bool {
        if hasReserved(index) { return !takesKept(index) }
        if slots[index].flags.contains(.metConnection) || keepsConnection(of: slots[index].handle) || faults.contains(.refusesAcceptsAtOnce)
        {
            finish(index, IOError(.tooManyOpen).encoded)
        } else {
            awaitConnection(index)
        }
        return false
    }

    /// Whether an accept that failed waits on. Some kernels say that there is no room before they look for a connection, others only once there is one; here it is said of
    /// a connection that waits. One that was asked to end tries whether there is one, too.
    @inline(never)
    @inlinable mutating func acceptsLater(_ index: Int32, after cause: IOError.Cause) -> Bool {
        if slots[index].flags.contains(.awaitingConnection) { return endsAwaiting(index, cause) }
        guard cause == .tooManyOpen, slots[index].operation.makesConnections, !slots[index].flags.contains(.metConnection) else {
            return false
        }
        if faults.contains(.refusesAcceptsAtOnce) { return false }
        awaitConnection(index)
        repeatRequestToEnd(of: index)
        return true
    }

    /// Whether the end of the wait for a connection is the accept's own. A kernel that cannot watch the listener leaves only what was to be said.
    @inlinable mutating func endsAwaiting(_ index: Int32, _ cause: IOError.Cause) -> Bool {
        slots[index].flags.subtract([.awaitingConnection, .stopping])
        if cause == .cancelled { return false }
        finish(index, IOError(.tooManyOpen).encoded)
        return true
    }

    /// Has the kernel interface tell when the listener has a connection.
    @inlinable mutating func awaitConnection(_ index: Int32) {
        slots[index].flags.remove(.stopping)
        slots[index].flags.insert(.awaitingConnection)
        if !heldBack.isEmpty || !offer(index, slots[index].operation) { holdBack(index) }
    }

    /// There is a connection: the accept is tried again, for there may be room by now, and fails if there is none.
    @inline(never)
    @inlinable mutating func meetConnection(_ index: Int32) {
        slots[index].flags.subtract([.awaitingConnection, .stopping])
        slots[index].flags.insert(.metConnection)
        start(index, slots[index].operation)
        repeatRequestToEnd(of: index)
    }

    /// What was asked of an earlier start is asked of this one.
    @inlinable mutating func repeatRequestToEnd(of index: Int32) {
        if slots[index].flags.isDisjoint(with: [.cancelled, .expired]) { return }
        requestEnd(of: index, ifWaiting: slots[index].flags.contains(.expired) ? .timedOut : .cancelled)
    }
}

extension Operation {
    /// Whether it takes connections from a listener.
    @inlinable var makesConnections: Bool {
        switch self {
        case .stream(.accept), .stream(.acceptMultishot): true
        default: false
        }
    }

    /// What tells that the listener of an accept has a connection; nil for any other operation.
    @inlinable var connectionWatch: Operation? {
        switch self {
        case .stream(.accept(let listener)), .stream(.acceptMultishot(let listener)): .watch(.readiness(listener, .receiving))
        default: nil
        }
    }
}
