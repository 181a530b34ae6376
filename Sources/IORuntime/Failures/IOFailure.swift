// What an operation of the runtime throws.

public import IOSpec

/// Why an operation failed: the portable cause, what was being done to what, how far it had come, and what a person can do about it.
public struct IOFailure: Error, Sendable, CustomStringConvertible {
    /// The portable cause, with the system's own number for people to read.
    public let error: IOError
    /// What was being done; nil for acquiring something.
    public let operation: OperationKind?
    /// The path, peer or thing that it was done to; empty when it has no name.
    public let subject: String
    /// The bytes that had been moved when it failed. They have been moved: what is sent is sent.
    public let bytesMoved: Int

    /// A failure of an operation on `subject`.
    public init(_ error: IOError, _ operation: OperationKind?, of subject: String = "", bytesMoved: Int = 0) {
        self.error = error
        self.operation = operation
        self.subject = subject
        self.bytesMoved = bytesMoved
    }

    /// The portable cause.
    public var cause: IOError.Cause { error.cause }

    /// The same failure after more bytes, that were moved before.
    func after(_ count: Int) -> IOFailure { IOFailure(error, operation, of: subject, bytesMoved: bytesMoved + count) }

    /// The failure, and what to do about it, in one line.
    public var description: String {
        var words = operation.map { "\($0)" } ?? "acquiring"
        if !subject.isEmpty { words += " “\(subject)”" }
        words += ": \(error.cause)"
        if error.detail != 0 { words += " (\(error.detail))" }
        if bytesMoved > 0 { words += " after \(bytesMoved) bytes" }
        if let advice { words += "; \(advice)" }
        return words
    }
}
