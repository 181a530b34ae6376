// Why there is no next line or frame.

/// What is wrong with bytes that should be lines or frames, or with what they come from or go to.
public enum FramingFailure: Error, Sendable, CustomStringConvertible {
    /// A line or frame of `length` bytes, or of a line so many at least, is longer than is allowed. Nothing of it was taken.
    case tooLong(length: UInt64, limit: Int)
    /// The bytes end inside a frame: there are `count` of the `expected` ones.
    case incomplete(count: Int, expected: Int)
    /// An operation failed.
    case transfer(IOFailure)

    /// The failure in one line.
    public var description: String {
        switch self {
        case .tooLong(let length, let limit): "a line or frame of \(length) bytes or more, where \(limit) are allowed"
        case .incomplete(let count, let expected): "the end after \(count) of a frame's \(expected) bytes"
        case .transfer(let failure): failure.description
        }
    }
}
