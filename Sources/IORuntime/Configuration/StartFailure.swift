// Why a runtime did not start.

/// A runtime that could not be set up.
public enum StartFailure: Error, Sendable, CustomStringConvertible {
    /// `IOSPEC_BACKEND` names no backend.
    case unknownBackend(String)
    /// No backend could be had; the report says why.
    case noBackend(BackendReport)
    /// The number of loops is out of its range.
    case invalidLoops(Int)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unknownBackend(let name):
            "IOSPEC_BACKEND names the backend “\(name)”, which does not exist; choose one of \(BackendChoice.names.joined(separator: ", "))"
        case .noBackend(let report): "no backend can be had: \(report)"
        case .invalidLoops(let number): "\(number) event loops; choose a number from 1 to 1024"
        }
    }
}
