// Completions with more to follow, and the buffers that they name.

import IOSpec

extension HistoryExecutor {
    /// What the model is told of a completion with more to follow.
    func observeShot(_ one: inout RunningOperation, _ shot: Completion) throws -> Observation {
        var observation = Observation(result: shot.result)
        observation.hasMore = true
        switch one.symbolic {
        case .acceptMultishot(_, let made):
            try note(context.handle(of: shot), as: one.shots < made.count ? made[one.shots] : nil)
            observation.result = 0
        case .receiveMultishot(_, let pool):
            let (index, bytes) = try pools[pool]?.take(shot) ?? (0, [])
            observation.result = Int32(bytes.count)
            observation.buffer = index
            observation.bytes = bytes
            one.received += bytes
        default: break
        }
        one.shots += 1
        return observation
    }

    /// Notes a handle that was made; none is made twice.
    func note(_ handle: Handle, as symbol: Symbol?) throws {
        guard made.insert(handle).inserted else {
            throw CaseFailure("a handle is given that was given before", clause: "multishot.accept")
        }
        if let symbol { handles[symbol] = handle }
    }

    /// What every backend must have seen of an operation that is not over, or had several completions: where one ends and the next begins is left open, as is the order in which names are listed.
    func comparable(_ one: RunningOperation, _ last: Observation? = nil) -> Observation? {
        switch one.symbolic {
        case .acceptMultishot: Observation(result: last?.result ?? Int32(one.shots))
        case .receiveMultishot: Observation(result: last?.result ?? 0, bytes: one.received)
        case .listPiece: Observation(result: 0)
        case .readiness: last?.withoutWhatHangUpSays
        default: last
        }
    }
}

extension Observation {
    /// The same but for that the peer sends no more, which is left open to be told beside a hang-up: of what never was connected some systems say it.
    fileprivate var withoutWhatHangUpSays: Observation {
        guard result > 0, Readiness(rawValue: UInt8(truncatingIfNeeded: result)).contains(.hangUp) else { return self }
        var same = self
        same.result &= ~Int32(Readiness.peerFinished.rawValue)
        return same
    }
}
