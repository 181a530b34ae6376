// What a sabotaged backend remembers of an operation that it accepted.

import IOSpec

/// An operation from its submission to the delivery of its completion.
struct AcceptedOperation {
    /// The identity that the backend beneath knows.
    let identity: OperationID
    let submission: Submission
    /// Whether it is part of a chain.
    let isMember: Bool
    /// Its place in the order of all submissions.
    let sequence: Int
    /// Whether the program asked for it to end.
    var isCancelled = false
    /// Whether the program was told that it was cancelled while it goes on.
    var isGhost = false
    /// Whether its deadline had passed when its completion came.
    var isLate = false

    var operation: Operation { submission.operation }
}
