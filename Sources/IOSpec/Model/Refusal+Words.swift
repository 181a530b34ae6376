// How the reference model makes its refusals.

extension Refusal {
    init(_ clause: String, allowed: String, seen: String) {
        self.init(clause: clause, allowed: allowed, seen: seen)
    }
}

extension ReferenceModel {
    /// Refuses any other result.
    func expect(_ result: ModelResult, _ allowed: [ModelResult], of operation: ModelOperation, _ clause: String) throws(Refusal) {
        if allowed.contains(result) { return }
        throw refusal(clause, of: operation, allowed: allowed.map { $0.words }.joined(separator: " or "), result)
    }

    func refusal(_ clause: String, of operation: ModelOperation, allowed: String, _ seen: ModelResult) -> Refusal {
        Refusal(clause, allowed: "operation \(operation.number): \(allowed)", seen: seen.words)
    }
}
