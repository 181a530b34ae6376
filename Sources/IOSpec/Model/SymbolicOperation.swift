// An operation as a history has it.

/// An operation with symbols in place of handles, names in place of paths' bytes, and contents in place of memory.
///
/// `pieces` is the number of segments that the memory is cut into: 1 is the plain form, more the vectored one.
public enum SymbolicOperation: Hashable, Sendable {
    case nop
    case close(Symbol)
    /// Fires so many microseconds after its submission; a negative number is as long before the zero of the clock.
    case timer(microseconds: Int)

    case open(beneath: Symbol, path: String, OpenOptions, makes: Symbol)
    case pathStatus(beneath: Symbol, path: String, followsLink: Bool)
    case readLink(beneath: Symbol, path: String)
    case symbolicLink(beneath: Symbol, path: String, target: String)
    case hardLink(beneath: Symbol, path: String, toDirectory: Symbol, toPath: String)
    case rename(beneath: Symbol, path: String, toDirectory: Symbol, toPath: String, RenameMode)
    case unlink(beneath: Symbol, path: String)
    case makeDirectory(beneath: Symbol, path: String)
    case removeDirectory(beneath: Symbol, path: String)

    case read(Symbol, count: Int, at: Int64, pieces: Int)
    case write(Symbol, Payload, at: Int64, pieces: Int)
    case append(Symbol, Payload)
    case truncate(Symbol, to: Int64)
    case allocate(Symbol, at: Int64, count: Int64, keepsSize: Bool)
    case punchHole(Symbol, at: Int64, count: Int64)
    case synchronize(Symbol, dataOnly: Bool)
    case status(Symbol)
    case list(Symbol)
    case setPermissions(Symbol, UInt16)
    case setTimes(Symbol, access: FileTime, modification: FileTime)
    case advise(Symbol, at: Int64, count: Int64, Advice)
    /// Lists, into so many bytes, what comes after what was listed so before through the same handle.
    case listPiece(Symbol, room: Int)
    case lock(Symbol, LockMode)
    case unlock(Symbol)

    case receive(Symbol, count: Int, pieces: Int)
    case receiveExactly(Symbol, count: Int)
    case send(Symbol, Payload, pieces: Int)
    case sendZeroCopy(Symbol, Payload)
    case splice(from: Symbol, to: Symbol, count: Int, at: Int64)
    case accept(Symbol, makes: Symbol)
    /// Connects to where a listener, which is a symbol too, listens.
    case connect(Symbol, to: Symbol)
    case shutDown(Symbol, Direction)

    /// Sends a message to the connected peer, or to where another datagram handle is.
    case sendMessage(Symbol, Payload, to: Symbol?)
    case receiveMessage(Symbol, count: Int)
    /// Sends a message with handles.
    case passHandles([Symbol], Payload, over: Symbol)
    /// Receives a message, and the handles that come with it as far as there are names for them.
    case receiveHandles(Symbol, count: Int, makes: [Symbol])
    case readiness(Symbol, Readiness)

    /// Accepts connections until it ends; the first ones have these names.
    case acceptMultishot(Symbol, makes: [Symbol])
    /// Receives until it ends, into the buffers of a pool.
    case receiveMultishot(Symbol, into: Symbol)
    case readinessMultishot(Symbol, Readiness)
    case setOption(Symbol, SocketOption, Int32)
    case option(Symbol, SocketOption)
}
