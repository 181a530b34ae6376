// The far end of a stream that no backend has.

/// Somebody who does exactly what a case tells it, at once, behind the backend's back and from any thread.
public protocol BytePeer: AnyObject, Sendable {
    /// Sends all of `bytes`.
    func send(_ bytes: [UInt8]) throws
    /// Sends one byte, and raises no signal when nobody receives it any more; whether it was sent.
    func sendByte(_ byte: UInt8) -> Bool
    /// Receives once, up to `count` bytes; what a case asks for must be there or come by itself. Empty at the end.
    func receive(_ count: Int) throws -> [UInt8]
    /// Closes its end.
    func close()
}
