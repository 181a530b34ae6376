// How to have operations of one kind carried out so that it shows how that is done.

import IOSpec

/// What the mechanism of one kind of operation is looked at with.
struct MechanismProbe: Sendable {
    /// One operation, ready to be submitted.
    struct Sample {
        let operation: Operation
        /// Lets the operation, which is named, complete where it waits for something; nil where it waits for nothing.
        let release: ((OperationID) throws -> Void)?
        /// Whether it is of the form that most operations of its kind have.
        var isOrdinary = true

        /// An operation that waits for nothing, or for the clock.
        static func ready(_ operation: Operation) -> Sample { Sample(operation: operation, release: nil) }

        /// An operation that waits until `release` was called.
        static func waiting(_ operation: Operation, until release: @escaping (OperationID) throws -> Void) -> Sample {
            Sample(operation: operation, release: release)
        }

        /// The same operation, as one of a form that a backend may leave to a worker although it leaves others to none.
        var special: Sample { Sample(operation: operation, release: release, isOrdinary: false) }
    }

    /// What the backend must be capable of.
    let requires: Capabilities
    /// The system calls each of which does such an operation, or a part of it.
    let calls: Set<SystemCall>
    /// Makes operations that are carried out one after the other.
    let samples: @Sendable (CaseContext) throws -> [Sample]

    init(
        _ requires: Capabilities, _ calls: Set<SystemCall>, _ samples: @escaping @Sendable (CaseContext) throws -> [Sample]
    ) {
        self.requires = requires
        self.calls = calls
        self.samples = samples
    }
}
