// Streams of which it is sure that they are reset.

extension ReferenceModel {
    /// A stream is closed: from now on its peer is surely told of a reset when something was left unread, or when that was asked for.
    mutating func oweReset(closing handle: Int) {
        guard case .stream(let end) = handles[handle]?.thing, !streams.ends[end].isUnclear else { return }
        guard case .connected(let sending, let receiving) = streams.ends[end].connection else { return }
        guard let peer = peer(sending: receiving, receiving: sending), !mayBeGone(streams.ends[peer].handle) else { return }
        let (there, back) = (streams.channels[sending], streams.channels[receiving])
        if there.isUnknown || back.isUnknown || there.isAtEnd || there.sendingEnd != nil || isShuttingDown(handle, .sending) { return }
        if streams.ends[peer].resetTime != nil || !onlyReceives(streams.ends[peer].handle) { return }
        let key = ModelOptions.Key(handle: handle, option: .resetsOnClose)
        if options.value(of: key, since: times.now) == 1 {
            streams.ends[peer].owedReset = "option.resets-on-close"
        } else if back.isImmediate, back.leastUnread > 0, back.receivingEnd == nil, !isShuttingDown(handle, .receiving) {
            streams.ends[peer].owedReset = "stream.reset-sticky"
        }
    }

    private func peer(sending: Int, receiving: Int) -> Int? {
        streams.ends.indices.first { index in
            guard case .connected(sending, receiving) = streams.ends[index].connection else { return false }
            return !streams.ends[index].isUnclear
        }
    }

    /// Whether nothing else is under way on a handle: what sends may be told of a reset, and keep it to itself.
    private func onlyReceives(_ handle: Int) -> Bool {
        operations.values.allSatisfy { operation in
            if !operation.handles.contains(handle) { return true }
            switch operation.operation {
            case .receive, .receiveExactly: return true
            default: return false
            }
        }
    }

    /// The clause that the end of a stream breaks, since it must be a reset.
    func clauseOfOwedReset(_ reader: Int?) -> String? {
        streams.ends.first { $0.handle == reader && !$0.isUnclear }?.owedReset
    }

    /// Whoever was told something else than bytes may have been told instead.
    mutating func settleReset(_ operation: ModelOperation, _ result: ModelResult) {
        if case .count(let count) = result, count > 0 { return }
        for index in streams.ends.indices where operation.handles.contains(streams.ends[index].handle) {
            streams.ends[index].owedReset = nil
        }
    }
}
