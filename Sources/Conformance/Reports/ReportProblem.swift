// Why a file cannot be read as a report.

/// A file that is no report of a run, or none that this version can read.
public enum ReportProblem: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file cannot be read at all.
    case unreadable(path: String, reason: String)
    /// The file is not JSON, or not that of a run.
    case foreign(path: String, reason: String)
    /// The report has a structure that this version does not know.
    case version(path: String, found: Int, known: Int)

    /// One line that names the file, the cause and what to do.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "the report \(path) cannot be read: \(reason)"
        case .foreign(let path, let reason):
            "\(path) is not a report of iospec conform --json (\(reason))"
        case .version(let path, let found, let known):
            "the report \(path) has schema version \(found), and this command reads \(known): use the version of iospec that wrote it"
        }
    }
}
