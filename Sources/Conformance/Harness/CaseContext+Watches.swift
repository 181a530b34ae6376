// Waiting for readiness and processes, and splicing, in the words of the cases.

import Glibc
import IOSpec

extension CaseContext {
    // MARK: Readiness

    /// Submits a wait for readiness.
    func watch(_ handle: Handle, _ asked: Readiness, deadline: Instant = .never) throws -> OperationID {
        try submit(.watch(.readiness(handle, asked)), deadline: deadline)
    }

    /// Submits a wait for readiness that goes on.
    func watchOn(_ handle: Handle, _ asked: Readiness) throws -> OperationID {
        try submit(.watch(.readinessMultishot(handle, asked)))
    }

    /// Checks what a wait for readiness completes with.
    func expect(_ id: OperationID, tells readiness: Readiness, _ what: @autoclosure () -> String, clause: String? = nil) throws {
        let completion = try complete(id)
        guard completion.error == nil, completion.result == Int32(readiness.rawValue) else {
            throw CaseFailure("\(what()) must be ready as \(describe(readiness)), and \(describe(readinessOf: completion))", clause: clause)
        }
    }

    /// Checks what a wait for readiness completes with at once.
    func expect(
        _ handle: Handle, _ asked: Readiness, isReadyAs readiness: Readiness, _ what: @autoclosure () -> String, clause: String? = nil
    )
        throws
    {
        try expect(watch(handle, asked), tells: readiness, what(), clause: clause)
    }

    /// Reaps until a multishot wait has told something more than `seen` times, and gives what it told last.
    func expectShot(of id: OperationID, after seen: Int, _ what: @autoclosure () -> String) throws -> Readiness {
        let shots = try reapShots(seen + 1, of: id)
        guard let last = shots.last, last.result >= 0 else { throw CaseFailure("\(what()) must be told") }
        return Readiness(rawValue: UInt8(truncatingIfNeeded: last.result))
    }

    /// Reaps until nothing has come for a while, and gives the number of times that a multishot wait has told something.
    func settledShots(of id: OperationID) throws -> Int {
        var seen = -1
        while seen != shots(of: id).count {
            seen = shots(of: id).count
            try expectPending(id, milliseconds: 30)
        }
        return seen
    }

    /// Readiness in words.
    func describe(_ readiness: Readiness) -> String {
        let names: [(Readiness, String)] = [
            (.receiving, "receiving"), (.sending, "sending"), (.peerFinished, "peerFinished"), (.failed, "failed"), (.hangUp, "hangUp"),
        ]
        return "[\(names.filter { readiness.contains($0.0) }.map(\.1).joined(separator: ", "))]"
    }

    private func describe(readinessOf completion: Completion) -> String {
        if completion.error != nil { return describe(completion) }
        return "is ready as \(describe(Readiness(rawValue: UInt8(truncatingIfNeeded: completion.result))))"
    }

    // MARK: Foreign handles and processes

    /// A handle for a descriptor of the case's own.
    func foreign(_ descriptor: NativeDescriptor) throws -> Handle { try acquire(.foreign(number: descriptor.number)) }

    /// Checks how a wait for the end of a process completes.
    func expect(_ id: OperationID, tells ending: ProcessEnding, clause: String = "process.end") throws {
        let completion = try complete(id)
        guard ProcessEnding(encoded: completion.result) == ending else {
            throw CaseFailure("the process ended as \(ending), and the wait \(describe(completion))", clause: clause)
        }
    }

    /// Starts a shell command; nobody but the case and its backend waits for it.
    func shell(_ command: String) throws -> Int32 {
        try ChildProcess.spawn("/bin/sh", ["-c", command], passing: [:])
    }

    // MARK: Splicing

    /// Splices once, which must succeed.
    func splice(_ source: Handle, _ target: Handle, _ count: Int, at offset: Int64 = 0) throws -> Int {
        let moved = try succeed(.stream(.splice(from: source, to: target, count: count, at: offset)))
        try expect(moved <= count, "a splice of \(count) bytes moves no more (it says \(moved))", clause: "splice.moves")
        return moved
    }

    /// Splices until `count` bytes were moved or the source ends.
    func spliceAll(_ source: Handle, _ target: Handle, _ count: Int, at offset: Int64 = 0) throws -> Int {
        var moved = 0
        while moved < count {
            let more = try splice(source, target, count - moved, at: offset == 0 ? 0 : offset + Int64(moved))
            if more == 0 { break }
            moved += more
        }
        return moved
    }
}
