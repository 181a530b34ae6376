// Judging the options of sockets.

extension ReferenceModel {
    // MARK: Mistakes

    /// What is wrong with an option of a handle, whatever the state of that.
    func optionMistakes(_ option: SocketOption, setting value: Int32?, on thing: ModelHandle.Thing) -> [IOError.Cause] {
        guard isSocket(thing) else { return [.wrongKind] }
        var mistakes: [IOError.Cause] = has(option, thing) ? [] : [.unsupported]
        if let value, !option.canBe(value) { mistakes.append(.invalidArgument) }
        return mistakes
    }

    private func isSocket(_ thing: ModelHandle.Thing) -> Bool {
        switch thing {
        case .stream, .listener, .messages: true
        default: false
        }
    }

    private func has(_ option: SocketOption, _ thing: ModelHandle.Thing) -> Bool {
        switch (option, thing) {
        case (.receiveBuffer, _), (.sendBuffer, _): true
        case (.broadcast, .messages(let end)): streams.messageEnds[end].family?.isInternet == true
        case (.broadcast, _): false
        case (_, .stream(let end)): streams.ends[end].family?.isInternet == true
        default: false
        }
    }

    // MARK: Judging

    mutating func judgeOption(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        switch operation.operation {
        case .setOption(let handle, _, _):
            if !mayFail(operation, result, handle.index) { try expect(result, [.count(0)], of: operation, "option.set") }
        case .option(let handle, let option): try judgeOption(operation, result, ModelOptions.Key(handle: handle.index, option: option))
        default: break
        }
    }

    private func judgeOption(_ operation: ModelOperation, _ result: ModelResult, _ key: ModelOptions.Key) throws(Refusal) {
        if mayFail(operation, result, key.handle) { return }
        guard case .count(let told) = result else {
            throw refusal("option.set", of: operation, allowed: "the value of the option", result)
        }
        guard let start = operation.start, let value = options.value(of: key, since: start) else { return }
        switch key.option {
        case .receiveBuffer, .sendBuffer:
            if told >= min(value, Self.leastBuffer) { return }
            throw refusal("option.buffer", of: operation, allowed: "at least \(min(value, Self.leastBuffer))", result)
        default: try expect(result, [.count(value)], of: operation, "option.set")
        }
    }

    /// What every system allows the buffer of a socket to be.
    private static var leastBuffer: Int { 65_536 }

    /// Whether what a stream has come to may be told in place of an option.
    private func mayFail(_ operation: ModelOperation, _ result: ModelResult, _ handle: Int) -> Bool {
        guard case .failed = result, case .stream(let end) = handles[handle]?.thing else { return false }
        if streams.ends[end].isUnclear { return true }
        return switch streams.ends[end].connection {
        case .unconnected: false
        case .abandoned: true
        case .connected: result == .failed(.connectionReset) && mayBeReset(end)
        }
    }

    // MARK: Noting

    mutating func noteOptionBegins(_ operation: ModelOperation) {
        guard case .setOption(let handle, let option, _) = operation.operation, operation.mistakes.isEmpty else { return }
        options.begin(operation.number, ModelOptions.Key(handle: handle.index, option: option), at: times.now)
    }

    mutating func noteOptionEnds(_ operation: ModelOperation, _ result: ModelResult) {
        guard case .setOption(let handle, let option, let value) = operation.operation else { return }
        let key = ModelOptions.Key(handle: handle.index, option: option)
        options.end(operation.number, key, setting: result.isCount ? Int(value) : nil, at: times.now)
    }
}

extension SocketOption {
    /// Whether there is such a value of it.
    fileprivate func canBe(_ value: Int32) -> Bool {
        switch self {
        case .noDelay, .keepAlive, .resetsOnClose, .broadcast: value == 0 || value == 1
        case .keepAliveIdle: value > 0 && value < 32_768
        case .receiveBuffer, .sendBuffer: value > 0
        }
    }
}

extension SocketAddress.Family {
    fileprivate var isInternet: Bool { self == .internet4 || self == .internet6 }
}
