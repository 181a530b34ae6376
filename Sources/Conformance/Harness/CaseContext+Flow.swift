// Moving many bytes through a stream, and checking that they are the right ones.

import IOSpec

extension CaseContext {
    /// Lends `count` bytes of the pattern `seed`, from `offset` on.
    func pattern(_ count: Int, seed: UInt64, from offset: Int = 0) -> CaseBuffer {
        let memory = buffer(count)
        memory.fill(pattern: seed, from: offset)
        return memory
    }

    /// Receives in pieces of at most `piece` bytes until `memory` is full or the stream ends; returns how many came.
    func receive(into memory: CaseBuffer, from handle: Handle, piece: Int = 65_536) throws -> Int {
        var count = 0
        while count < memory.count {
            let region = memory.region(count, min(piece, memory.count - count))
            let moved = try succeed(.stream(.receive(handle, into: region)))
            try expect(moved <= region.count, "a receive of \(region.count) bytes moves no more (it says \(moved))")
            if moved == 0 { break }
            count += moved
        }
        return count
    }

    /// Checks that exactly `count` bytes of the pattern `seed` come, and then the end of the stream.
    func expectRest(_ count: Int, seed: UInt64, from handle: Handle, offset: Int = 0) throws {
        let memory = buffer(count + 1)
        let received = try receive(into: memory, from: handle)
        try expectEqual(received, count, "the bytes that are left in the stream")
        try expectPattern(memory, count, seed: seed, offset: offset)
        release(memory)
    }

    /// Checks that the first `count` bytes of `memory` are the pattern `seed`, from `offset` on.
    func expectPattern(_ memory: CaseBuffer, _ count: Int, seed: UInt64, offset: Int = 0) throws {
        let bytes = memory.bytes(0, count)
        for (position, byte) in bytes.enumerated() where byte != Pattern.byte(at: offset + position, seed: seed) {
            throw CaseFailure(
                "byte \(position) of \(count) is \(byte), expected \(Pattern.byte(at: offset + position, seed: seed))")
        }
    }

    /// Checks that no byte of `memory` was written, as it was lent filled with 0xA5.
    func expectUntouched(_ memory: CaseBuffer, from start: Int = 0, _ what: String) throws {
        let position = memory.bytes(start, memory.count - start).firstIndex { $0 != 0xA5 }
        guard let position else { return }
        throw CaseFailure("\(what): byte \(start + position) of the buffer was written")
    }

    /// Checks that bytes sent at one end arrive at the other.
    func expectFlow(from sender: Handle, to receiver: Handle, seed: UInt64 = 7) throws {
        let sent = Pattern.bytes(64, seed: seed)
        try send(sent, to: sender)
        try expectEqual(receiveAll(64, from: receiver), sent, "what arrived")
    }

    /// Waits a random, very short time, so that what follows meets different states of the system.
    func spin(upTo turns: Int = 400) {
        for _ in 0..<Int.random(in: 0...turns, using: &random) { _ = inFlight }
    }

    /// Checks that none of `ids` completes before `instant`; however late this runs, it never blames what completed after it.
    func expectPending(_ ids: OperationID..., before instant: Instant) throws {
        while now < instant {
            try reap(until: instant)
            let early = ids.first { isComplete($0) }
            guard let early, now < instant else { continue }
            throw CaseFailure("\(describe(early)) must wait, and completed with \(describe(try complete(early)))")
        }
    }

    /// Submits operations that are due from `start` on, all of them before that instant, and returns them.
    ///
    /// A process that was held up while it submitted has not set up what the case is about: those operations end, as they fire or by
    /// `ending`, and they are submitted anew with more time ahead. So only the last of ``completionOrder`` belong to those returned.
    func submittedBefore(
        _ submit: (_ start: Instant) throws -> [OperationID], ending: ([OperationID]) -> Void = { _ in }
    ) throws -> [OperationID] {
        var lead: Int64 = 20
        while true {
            let start = after(milliseconds: lead)
            let ids = try submit(start)
            if now < start { return ids }
            ending(ids)
            _ = try complete(ids)
            lead *= 2
        }
    }

    /// What acquiring throws; nil when it succeeds.
    func errorOfAcquiring(_ resource: Resource) throws -> IOError? {
        do {
            _ = try acquire(resource)
            return nil
        } catch let error as IOError {
            return error
        }
    }

    /// Connects local streams to a listener that accepts nothing, until one of them has to wait.
    ///
    /// Returns those that are connected and the one that waits, with its operation.
    func fillBacklog(of address: SocketAddress) throws -> (connected: [Handle], waiting: Handle, connect: OperationID) {
        var connected: [Handle] = []
        for _ in 0..<64 {
            let client = try stream(address.family)
            let connect = try submit(.stream(.connect(client, to: self.address(address))))
            guard try isConnected(connect, over: address.family) else { return (connected, client, connect) }
            try expect(complete(connect), moves: 0, "connecting while there is room")
            connected.append(client)
        }
        try skip(.environment("the listener takes any number of connections"))
    }

    /// Whether a connect is over, once there was plenty of time for it, and other connections that began later went through: where
    /// those had their turn, a connect without one has no room.
    private func isConnected(_ connect: OperationID, over family: SocketAddress.Family) throws -> Bool {
        let patience = after(milliseconds: 400)
        while !isComplete(connect), now < patience { try reap(until: patience) }
        for _ in 0..<8 where !isComplete(connect) {
            let (client, server) = try connectedPair(over: family)
            try close(client)
            try close(server)
        }
        try turn()
        return isComplete(connect)
    }
}
