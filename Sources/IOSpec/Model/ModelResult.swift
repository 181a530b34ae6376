// A result, as the reference model judges it.

/// What an operation ended with.
enum ModelResult: Hashable, Sendable {
    case count(Int)
    case failed(IOError.Cause)

    /// Decodes the result of a completion, or nil when it is no result of the specification.
    init?(_ encoded: Int32) {
        if encoded >= 0 {
            self = .count(Int(encoded))
        } else {
            guard let error = IOError(encoded: encoded) else { return nil }
            self = .failed(error.cause)
        }
    }

    var isCount: Bool {
        if case .count = self { return true }
        return false
    }

    var words: String {
        switch self {
        case .count(let count): "\(count)"
        case .failed(let cause): cause.words
        }
    }
}
