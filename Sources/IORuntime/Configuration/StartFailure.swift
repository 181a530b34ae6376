// Why a runtime did not start.

/// A runtime that could not be set up.
public enum StartFailure: Error, Sendable, CustomStringConvertible {
    /// The environment variable `IOSPEC_BACKEND`, or a configuration, names no backend.
    case unknownBackend(String, BackendReport.Source)
    /// No backend could be had; the report says why.
    case noBackend(BackendReport)
    /// The number of loops is out of its range.
    case invalidLoops(Int)
    /// The file that was to have the trace of all operations cannot be written.
    case unwritableTrace(String, reason: String)

    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .unknownBackend(let name, let source):
            "\(source == .environment ? "IOSPEC_BACKEND" : "the configuration") names the backend “\(name)”, which does not exist; choose one of "
                + BackendChoice.names.joined(separator: ", ")
        case .noBackend(let report): "no backend can be had: \(report)"
        case .unwritableTrace(let name, let reason): "the trace of operations cannot be written to “\(name)”: \(reason); name another file"
        case .invalidLoops(let number): "\(number) event loops; choose a number from 1 to 1024"
        }
    }
}
