// What bytes are received from and sent to, in order.

import IOSpec

/// An end of a pipe or of a connection.
class ByteEnd: Description {
    /// What a receive meets.
    enum Incoming {
        /// So many bytes can be taken.
        case bytes(Int)
        /// None yet; told by `receiving`.
        case nothing
        /// None any more.
        case end
        case failed(IOError.Cause)
    }

    /// What a send meets.
    enum Outgoing {
        /// So many bytes can be put.
        case room(Int)
        /// None yet; told by `sending`.
        case nothing
        case failed(IOError.Cause)
    }

    var incoming: Incoming { .failed(.wrongAccess) }

    /// Room for some of `count` bytes, and if they are to be put as a `whole`, which only sends of at most ``atomicBytes`` are, for all of them.
    func outgoing(for count: Int, whole: Bool) -> Outgoing { .failed(.wrongAccess) }

    /// A send of at most so many bytes is put as a whole.
    var atomicBytes: Int { 0 }

    /// The first of the bytes that ``incoming`` has, which stay.
    func first(_ count: Int) -> [UInt8] { [] }

    /// Takes bytes that ``incoming`` has; handles that came with them are closed, since nobody asks for them.
    func take(_ count: Int) -> [UInt8] { [] }

    /// Puts bytes that ``outgoing(for:)`` has room for.
    func put(_ bytes: [UInt8]) {}

    /// Ends an operation with what it has met.
    func failing(_ cause: IOError.Cause) -> Attempt { .failed(cause) }
}

extension Thing {
    /// What the thing is for transfers of bytes; nil when it has none.
    var byteEnd: ByteEnd? {
        switch self {
        case .pipe(let end): end
        case .stream(let end): end
        case .file, .directory, .listener, .messages: nil
        }
    }
}
