// Judging how pipes with names are opened. What goes through them is not followed.

extension ReferenceModel {
    /// The pipe that an operation opens one end of; nil for any other operation.
    func namedPipe(of operation: SymbolicOperation) -> Int? {
        guard case .open(let directory, ModelNamedPipe.name, let options, _) = operation, options == .reading || options == .writing else {
            return nil
        }
        guard case .namedPipe(let place) = handles[directory.index]?.thing else { return nil }
        return place
    }

    mutating func judgePipeOpen(_ operation: ModelOperation, _ result: ModelResult, _ place: Int) throws(Refusal) {
        guard case .open(_, _, let options, let made) = operation.operation else { return }
        if !operation.mistakes.isEmpty { return try judgeMistake(operation, result) }
        try expect(result, [.count(0)], of: operation, "path.named-pipe")
        if !namedPipes[place].hasPeer(of: options), !isPeerOpening(operation, place, options) {
            throw refusal("path.named-pipe", of: operation, allowed: "to wait, since nobody has opened the other end", result)
        }
        namedPipes[place].noteOpened(options)
        handles[made.index] = ModelHandle(.unknown)
    }

    /// Whether the other end is being opened.
    private func isPeerOpening(_ operation: ModelOperation, _ place: Int, _ options: OpenOptions) -> Bool {
        operations.values.contains { other in
            guard case .open(_, _, let others, _) = other.operation, namedPipe(of: other.operation) == place else { return false }
            return others != options && other.mistakes.isEmpty && !other.isBroken && other.start != nil
        }
    }

    /// The clause that opening one end breaks by waiting; nil when it may wait.
    func clauseAgainstWaitingOpen(_ operation: ModelOperation, _ place: Int) -> String? {
        guard case .open(_, _, let options, _) = operation.operation, operation.start != nil else { return nil }
        if operation.isCancelled { return "cancel.prompt" }
        if !operation.mistakes.isEmpty { return "completion.exactly-one" }
        return isPeerOpening(operation, place, options) ? "path.named-pipe" : nil
    }
}
