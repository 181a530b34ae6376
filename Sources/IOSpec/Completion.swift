// What an operation ends with: eight bytes.

/// The result of an operation, named by its token.
///
/// A count is never negative; an error is encoded as a negative number (clause `result.portable`).
public struct Completion: BitwiseCopyable, Hashable, Sendable {
    private let word: UInt32

    /// A count, the name of the handle that was made, or an encoded ``IOError``.
    public let result: Int32

    /// A completion of the operation named by `token`; the last one unless `hasMore`.
    public init(token: CompletionToken, result: Int32, hasMore: Bool = false) {
        word = token.rawValue | (hasMore ? 0x8000_0000 : 0)
        self.result = result
    }

    /// Which operation this completes.
    public var token: CompletionToken { CompletionToken(rawValue: word) }

    /// Whether further completions of the same operation follow.
    public var hasMore: Bool { word & 0x8000_0000 != 0 }

    /// The error, or nil when the operation succeeded.
    public var error: IOError? { IOError(encoded: result) }

    /// What was moved or made.
    ///
    /// - Throws: the error that the operation failed with.
    public func get() throws(IOError) -> Int {
        if let error { throw error }
        return Int(result)
    }
}
