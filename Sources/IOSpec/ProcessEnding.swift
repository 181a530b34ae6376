// How a process ended, as a completion tells it.

/// The end of a process.
public enum ProcessEnding: BitwiseCopyable, Hashable, Sendable {
    /// It exited with a code in `0 ... 255`.
    case exited(code: UInt8)
    /// A signal ended it.
    case signalled(number: UInt8)

    /// The ending that the result of a completion tells, or nil when that is an error.
    public init?(encoded result: Int32) {
        switch result {
        case 0..<256: self = .exited(code: UInt8(result))
        case 256..<512: self = .signalled(number: UInt8(result - 256))
        default: return nil
        }
    }

    /// The result of a completion.
    public var encoded: Int32 {
        switch self {
        case .exited(let code): Int32(code)
        case .signalled(let number): 256 + Int32(number)
        }
    }
}
