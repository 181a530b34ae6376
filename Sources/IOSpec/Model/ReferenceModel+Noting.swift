// What the model remembers of operations beside what they do to files, streams and messages.

extension ReferenceModel {
    /// An operation was accepted.
    mutating func noteBeginning(of number: Int) {
        guard let operation = operations[number] else { return }
        noteOptionBegins(operation)
        noteTimesBegin(operation)
        noteChanges(operation)
        notePassing(operation)
    }

    /// An operation is over.
    mutating func noteEnding(of operation: ModelOperation, _ result: ModelResult, _ observation: Observation) {
        noteOptionEnds(operation, result)
        noteTimesEnd(operation, result)
        noteChanges(operation)
        noteUnknown(operation, result)
        settleReset(operation, result)
        if observation.directAlignment > 0 { directAlignment = observation.directAlignment }
    }

    private mutating func noteChanges(_ operation: ModelOperation) {
        noteNames(operation)
        if operation.operation.mayChangeContents { fileChange = times.now }
    }
}

extension SymbolicOperation {
    /// Whether the size or the bytes of a file may be others afterwards.
    var mayChangeContents: Bool {
        if case .splice = self { return true }
        return changesFiles
    }
}
