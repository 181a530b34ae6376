// Whether closing what is in the table of files ends it, found by trying.

#if URing

import CLiburing
import CLinuxIO
import IOSpec
import LinuxSupport
import Synchronization

/// Older kernels let go of the files that leave the table in the order of their leaving, and of none while an operation of an earlier one is pending: a stream that was closed
/// would stay open for as long as a stranger's operation waits.
enum RegisteredFileProbe {
    private enum Answer: UInt8 { case unknown, yes, no }
    private static let answer = Atomic<UInt8>(Answer.unknown.rawValue)

    /// Found once a process, on a ring of its own. False, too, where there is no table, or nothing left to try it with: handles are used without it then, and a later ring
    /// tries again.
    static var letsGoAtOnce: Bool {
        switch Answer(rawValue: answer.load(ordering: .relaxed)) {
        case .yes: return true
        case .no: return false
        case .unknown, nil: break
        }
        guard let found = probe() else { return false }
        answer.store((found ? Answer.yes : .no).rawValue, ordering: .relaxed)
        return found
    }

    /// The answer, or nil when it could not be tried.
    private static func probe() -> Bool? {
        let configuration = BackendConfiguration(operations: 2, submissionQueue: 2, completionQueue: 4)
        guard let ring = try? Ring.setUp(configuration) else { return nil }
        guard let idle = try? Acquisition.acquire(pair: .pipe, nonBlocking: true) else { return nil }
        defer { Acquisition.discard(idle.first) }
        let isTried = passThroughTable(idle.second, ring)
        Acquisition.discard(idle.second)
        return isTried ? Readiness.present(of: idle.first.number, asked: .receiving).contains(.hangUp) : nil
    }

    /// Puts a handle into the table and takes it out again, while a poll of another one from the table is pending; whether that could be done.
    private static func passThroughTable(_ handle: NativeHandle, _ ring: borrowing Ring) -> Bool {
        guard let busy = try? Acquisition.acquire(pair: .pipe, nonBlocking: true) else { return false }
        defer {
            Acquisition.discard(busy.first)
            Acquisition.discard(busy.second)
        }
        let polled = busy.first.number
        if ring.reserveFiles(Int(max(handle.number, polled)) + 1) < 0 { return false }
        if ring.setFile(polled, isRegistered: true) < 0 || ring.setFile(handle.number, isRegistered: true) < 0 { return false }
        var poll = Request.poll(polled, .receiving)
        poll.entryFlags |= CLIBURING_ENTRY_REGISTERED_FILE
        if !ring.push(poll, .operation(0)) { return false }
        ring.enter()
        return ring.setFile(handle.number, isRegistered: false) >= 0
    }
}

#endif
