// What a child process tells its parent: one line of JSON each.

/// A line from a child that runs cases.
enum ChildMessage: Codable {
    /// The child has begun the case with this id; from now on its time limit counts.
    case started(String)
    /// The case has failed so; its backend is still to be dropped.
    case failing(CaseResult)
    /// The case is over.
    case finished(CaseResult)
    /// The backend was probed.
    case probed(BackendReport)
}
