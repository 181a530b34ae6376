// What is done wrong around a whole backend, as hooks.

import IOSpec

/// The places at which ``SabotagedBackend`` deviates. No hook does anything wrong until it is replaced.
///
/// One value serves one backend, on its thread, so that hooks may keep state of their own.
struct BackendFault {
    /// What is made of a request to cancel.
    enum Cancelling {
        /// The backend beneath is asked.
        case passedOn
        /// Nothing.
        case ignored
        /// The program is told at once that the operation was cancelled, and the operation goes on.
        case pretended
        /// Another operation in flight is cancelled.
        case misdirected
        /// The backend beneath is asked, and the request has a completion of its own.
        case completed
    }

    /// Makes the faults of a fresh backend.
    typealias Make = @Sendable () -> BackendFault

    /// What is submitted instead.
    var submission: (Submission) -> Submission = { $0 }
    /// Whether submit says that the queue is full, with so many slots free.
    var refuses: (Submission, _ free: Int) -> Bool = { _, _ in false }
    /// The result that is delivered instead of the true one.
    var result: (AcceptedOperation, Int32) -> Int32 = { $1 }
    /// Whether a completion says that more follow, of an operation that goes on.
    var announcesMore: (AcceptedOperation) -> Bool = { _ in true }
    /// How often a completion is delivered.
    var copies: (AcceptedOperation, Int32) -> Int = { _, _ in 1 }
    /// Whether a completion is kept back for the time being; the other operations are those without a delivered completion.
    var holds: ((AcceptedOperation, _ others: [AcceptedOperation]) -> Bool)?
    /// What is made of a request to cancel; nil stands for an operation that is unknown or over.
    var cancelling: (AcceptedOperation?) -> Cancelling = { _ in .passedOn }
    /// Which members of a chain that was just submitted are cancelled.
    var cancelledMembers: ([Submission]) -> [Int] = { _ in [] }
    /// The order in which completions that came together are delivered.
    var order: ([Completion]) -> [Completion] = { $0 }
    /// The identity that the program is given.
    var identity: (OperationID) -> OperationID = { $0 }
    /// The number of operations that are said to be in flight, when so many are, and so many of them are over already.
    var inFlight: (Int, _ over: Int) -> Int = { all, _ in all }
    /// Sees the two handles of a pair.
    var acquired: (PairedResource, HandlePair) -> Void = { _, _ in }
    /// The mechanism that is published.
    var mechanism: (OperationKind, Mechanism) -> Mechanism = { $1 }
    /// The features that are published.
    var features: ([KernelFeature]) -> [KernelFeature] = { $0 }
    /// Whether a wake is passed on.
    var wakes: @Sendable () -> Bool = { true }
    /// Called before completions are reaped.
    var beforeReaping: () -> Void = {}
    /// Whether the backend is shut down before completions are reaped.
    var shutsDown: () -> Bool = { false }
    /// Called when the backend is gone.
    var end: () -> Void = {}

    /// A fault that is none, changed by `change`.
    static func make(_ change: @escaping @Sendable (inout BackendFault) -> Void) -> Make {
        {
            var fault = BackendFault()
            change(&fault)
            return fault
        }
    }
}
