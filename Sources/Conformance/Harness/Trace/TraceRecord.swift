// One step of a case as plain data, which survives the process that wrote it.

import IOSpec

/// What was asked of a backend, or what it answered. Every field is a number, so that whatever a dying process left here can be read.
struct TraceRecord: BitwiseCopyable, Sendable {
    /// What happened.
    enum Event: UInt8, Sendable {
        case submitted = 1
        case refused, cancelled, completed, shutDown, dropped
    }

    /// When, in nanoseconds since the case began.
    var time: Int64 = 0
    /// An ``Event``.
    var event: UInt8
    /// Which of the case's backends; 0 is the first.
    var backend: UInt8
    /// The ``barrierFlag``, ``linkedFlag`` and ``moreFlag``.
    var flags: UInt8 = 0
    /// The `OperationKind`, or 255 where there is none.
    var operation: UInt8 = 255
    /// What a completion said.
    var result: Int32 = 0
    /// The operation.
    var identity: UInt64 = 0
    /// The place of the handle, for operations that have one.
    var handle: UInt32 = .max
    /// What ``count`` and ``position`` mean: a ``TraceExtent/Form``.
    var form: UInt8 = 0
    var count: Int64 = 0
    var position: Int64 = 0
    /// Nanoseconds from the submission to the deadline; the greatest number for none.
    var deadline: Int64 = .max

    /// Of a barrier that was submitted.
    static var barrierFlag: UInt8 { 1 }
    /// Of a member of a chain that has one before it.
    static var linkedFlag: UInt8 { 2 }
    /// Of a completion that announces another one.
    static var moreFlag: UInt8 { 4 }

    /// A step that has no operation.
    init(_ event: Event, backend: UInt8) {
        self.event = event.rawValue
        self.backend = backend
    }

    /// A step of the operation `identity`, of which the context still knows the `kind`.
    init(_ event: Event, backend: UInt8, _ identity: OperationID?, _ kind: OperationKind?, completion: Completion? = nil) {
        self.init(event, backend: backend)
        self.identity = identity?.rawValue ?? 0
        result = completion?.result ?? 0
        flags = completion?.hasMore == true ? Self.moreFlag : 0
        operation = kind?.rawValue ?? 255
    }

    /// A submission that was accepted as `identity`, or refused; `now` is the present on the backend's clock.
    init(_ event: Event, backend: UInt8, _ identity: OperationID?, _ submission: Submission, now: Instant, isLinked: Bool) {
        self.init(event, backend: backend, identity, submission.operation.kind)
        flags = (submission.isBarrier ? Self.barrierFlag : 0) | (isLinked ? Self.linkedFlag : 0)
        handle = submission.operation.handle?.index ?? .max
        deadline = submission.deadline.nanoseconds(since: now)
        let extent = TraceExtent(of: submission.operation, now: now)
        (form, count, position) = (extent.form.rawValue, extent.count, extent.position)
    }
}

extension Instant {
    /// The nanoseconds from `other` to this instant; the greatest number for ``never``, and saturating otherwise.
    func nanoseconds(since other: Instant) -> Int64 {
        if self == .never { return .max }
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
        return overflow ? (nanoseconds < 0 ? .min : .max) : difference
    }
}
