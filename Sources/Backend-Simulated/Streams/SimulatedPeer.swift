// The far end of a stream that no program of the world has.

public import IOSpec

/// Somebody at the other end of a connection, or of a named pipe that is open both ways: does what it is told at once, from any thread, and closes when it goes.
@safe
public final class SimulatedPeer: @unchecked Sendable {
    // Sound to share: what it has is touched only with the world's lock held.
    private let world: SimulatedWorld
    private var end: End?

    private enum End {
        case stream(StreamEnd)
        case pipe(PipeEnd)

        var bytes: ByteEnd {
            switch self {
            case .stream(let end): end
            case .pipe(let end): end
            }
        }
    }

    /// With the world's lock held.
    init(_ end: StreamEnd, in world: SimulatedWorld) {
        self.world = world
        take(.stream(end))
    }

    /// As ``init(_:in:)``.
    init(_ end: PipeEnd, in world: SimulatedWorld) {
        self.world = world
        take(.pipe(end))
    }

    private func take(_ end: End) {
        self.end = end
        end.bytes.hold()
        world.hasOutsiders = true
    }

    deinit { close() }

    // MARK: Bytes

    /// Sends all of `bytes`.
    ///
    /// - Throws: `.outOfResources` when there is no room for all of them, `.badHandle` once it is closed, and what sending to a peer throws that is gone.
    public func send(_ bytes: [UInt8]) throws(IOError) {
        try world.exclusively { () throws(IOError) in
            guard let end = end?.bytes else { throw IOError(.badHandle) }
            switch end.outgoing(for: bytes.count, whole: false) {
            case .room(let room) where room >= bytes.count: end.put(bytes)
            case .room, .nothing: throw IOError(.outOfResources)
            case .failed(let cause): throw IOError(cause)
            }
        }
    }

    /// Receives up to `count` bytes that are there: none at the end, and nil when there is nothing yet.
    ///
    /// - Throws: `.badHandle` once it is closed, and what receiving throws from a connection that broke.
    public func receive(_ count: Int) throws(IOError) -> [UInt8]? {
        try world.exclusively { () throws(IOError) in
            guard let end = end?.bytes else { throw IOError(.badHandle) }
            switch end.incoming {
            case .bytes(let available): return end.take(min(count, available))
            case .nothing: return nil
            case .end: return []
            case .failed(let cause): throw IOError(cause)
            }
        }
    }

    // MARK: Ending

    /// Closes, so that the other end sees a reset where connections have one.
    public func reset() {
        world.exclusively {
            if case .stream(let end)? = end { end.abort() }
            letGo()
        }
    }

    /// Closes.
    public func close() {
        world.exclusively { letGo() }
    }

    private func letGo() {
        end?.bytes.letGo()
        end = nil
    }
}
