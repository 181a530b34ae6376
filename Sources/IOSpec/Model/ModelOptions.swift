// The options of sockets that were set.

/// What each option of each handle surely is.
struct ModelOptions: Sendable {
    struct Key: Hashable, Sendable {
        let handle: Int
        let option: SocketOption
    }

    private struct State: Sendable {
        /// What it was set to; nil when that is not known.
        var value: Int?
        /// When it may have changed last.
        var changeTime: Int
        /// The operations that are setting it.
        var setting: Set<Int> = []
        /// Whether two of them were under way at once, in an order that is left open.
        var isContested = false
    }

    private var states: [Key: State] = [:]

    /// An operation is about to set an option.
    mutating func begin(_ number: Int, _ key: Key, at time: Int) {
        var state = states[key] ?? State(value: nil, changeTime: time)
        state.value = nil
        state.isContested = !state.setting.isEmpty
        state.setting.insert(number)
        state.changeTime = time
        states[key] = state
    }

    /// It is over, and has set `value`; nil when it has failed.
    mutating func end(_ number: Int, _ key: Key, setting value: Int?, at time: Int) {
        guard states[key]?.setting.remove(number) != nil else { return }
        states[key]?.changeTime = time
        if states[key]?.setting.isEmpty == true, states[key]?.isContested == false { states[key]?.value = value }
    }

    /// What an option was all the while since `start`; nil when that is not known.
    func value(of key: Key, since start: Int) -> Int? {
        guard let state = states[key], state.changeTime < start else { return nil }
        return state.value
    }
}
