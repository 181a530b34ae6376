// System calls that a policy denies: a reason, never a crash or a wrong result.

import CConformance
import IOSpec

enum DenialCases {
    static let all: [ConformanceCase] = [
        family("denied.uring-setup", [CONFORMANCE_SYS_IO_URING_SETUP], operationNotPermitted),
        family("missing.uring-setup", [CONFORMANCE_SYS_IO_URING_SETUP], notImplemented),
        family("denied.uring-enter", [CONFORMANCE_SYS_IO_URING_ENTER], operationNotPermitted),
        family("denied.uring-register", [CONFORMANCE_SYS_IO_URING_REGISTER], operationNotPermitted),
        family("denied.aio-setup", [CONFORMANCE_SYS_IO_SETUP], operationNotPermitted),
        family("missing.aio-setup", [CONFORMANCE_SYS_IO_SETUP], notImplemented),
        family("denied.aio-submit", [CONFORMANCE_SYS_IO_SUBMIT], operationNotPermitted),
        family("denied.aio-events", [CONFORMANCE_SYS_IO_GETEVENTS], operationNotPermitted),
        family("denied.epoll-create", [CONFORMANCE_SYS_EPOLL_CREATE1], operationNotPermitted),
        family("missing.epoll-wait", [CONFORMANCE_SYS_EPOLL_PWAIT2], notImplemented),
        family("denied.event-counter", [CONFORMANCE_SYS_EVENTFD2], operationNotPermitted),
        family(
            "denied.every-interface",
            [CONFORMANCE_SYS_IO_URING_SETUP, CONFORMANCE_SYS_IO_SETUP, CONFORMANCE_SYS_EPOLL_CREATE1, CONFORMANCE_SYS_EVENTFD2],
            operationNotPermitted),
        ConformanceCase(
            "availability.missing.openat2", proves: "availability.probed", "path.beneath",
            title: "Without the call that confines paths no path gets out", requires: .files, isolation: .childProcess
        ) { try confinementHolds($0) },
    ]

    private static var operationNotPermitted: Int32 { 1 }
    private static var notImplemented: Int32 { 38 }

    /// A case in which some system calls fail with `error`, in a process of its own.
    private static func family(_ name: String, _ calls: [Int32], _ error: Int32) -> ConformanceCase {
        ConformanceCase(
            "availability.\(name)", proves: "availability.probed", "availability.typed-reason",
            title: "Without a system call a backend says so, or works in full", requires: [.files, .internetStreams],
            isolation: .childProcess
        ) { try denied($0, calls, error) }
    }

    /// With system calls denied a backend cannot be had, for a typed reason that helps, or works in full.
    private static func denied(_ c: CaseContext, _ calls: [Int32], _ error: Int32) throws {
        let scratch = try c.scratchName
        c.dropBackend()
        try Native.denySystemCalls(calls, error: error)
        if let reason = try c.reasonNotToMake(.init(operations: 64, handles: 64)) {
            let expected: [Unavailability.Reason] = error == notImplemented ? [.missing] : [.deniedByPolicy]
            try c.expect(expected.contains(reason.reason), "the reason is \(expected[0]) (it is \(reason.reason))")
            try c.expect(!reason.subject.isEmpty && !reason.remedy.isEmpty, "the reason names what is missing, and what to do")
            return c.informational("not available: \(reason.subject)")
        }
        try c.withAnotherBackend { other in
            let directory = try other.acquire(.directory(name: scratch, unconfined: false))
            let file = try other.open("f", [.reading, .writing, .creating], beneath: directory)
            try other.write([1, 2, 3], to: file)
            try other.expectEqual(other.contents(of: file), [1, 2, 3], "the contents, although calls are denied")
            try other.succeed(.file(.synchronize(file)))
            try other.succeed(.time(.timer(other.after(milliseconds: 2))))
            let pair = try other.connectedPair()
            let memory = other.buffer(8)
            let waiting = try other.submit(.stream(.receive(pair.server, into: memory.region)))
            try other.expectPending(waiting, milliseconds: 5)
            try other.send([1, 2], to: pair.client)
            try other.expect(other.complete(waiting), moves: 2, "a receive, although calls are denied")
        }
    }

    private static func confinementHolds(_ c: CaseContext) throws {
        c.dropBackend()
        try Native.denySystemCalls([CONFORMANCE_SYS_OPENAT2], error: notImplemented)
        if let reason = try c.reasonNotToMake(.init(operations: 64, handles: 64)) {
            return try c.expectEqual(reason.reason, .missing, "the reason without the call that confines paths")
        }
        try c.withAnotherBackend { other in
            for name in ["..", "/etc", "../../etc"] {
                let completion = try other.perform(other.opening(name, .directory))
                try other.expect(
                    completion, failsWithOneOf: [.outsideDirectory, .unsupported], "opening “\(name)”", clause: "path.beneath")
            }
        }
    }
}
