// What an operation could have said, for a refusal's words.

/// The results that the possible worlds allow.
struct ModelOutcomes {
    private(set) var causes: [IOError.Cause] = []
    private(set) var canSucceed = false
    /// The sizes that a read can have found.
    private(set) var sizes: ClosedRange<Int64>?
    private var details: [String] = []

    mutating func add(_ world: ModelWorld, _ operation: ModelOperation) {
        if world.hasApplied(operation.number) { canSucceed = true }
        for state in world.progress[operation.number] ?? [] { add(state) }
    }

    private mutating func add(_ state: ModelProgress) {
        switch state {
        case .failed(let cause): if !causes.contains(cause) { causes.append(cause) }
        case .size(let size):
            sizes = sizes.map { min($0.lowerBound, size)...max($0.upperBound, size) } ?? size...size
            succeed("a size of \(size)")
        case .status(let status, _): succeed("size \(status.size), links \(status.linkCount), kind \(status.kind.rawValue)")
        case .names(let kinds):
            succeed("the names \(kinds.keys.map { String(decoding: $0, as: UTF8.self) }.sorted().joined(separator: " "))")
        case .target(let target): succeed("the target \(String(decoding: target, as: UTF8.self))")
        case .opened, .done: canSucceed = true
        case .walking, .found, .placed: break
        }
    }

    private mutating func succeed(_ detail: String) {
        canSucceed = true
        if !details.contains(detail) { details.append(detail) }
    }

    /// The results, sorted, so that equal refusals have equal words.
    var words: String {
        var words =
            canSucceed ? ["success" + (details.isEmpty ? "" : " (" + details.sorted().prefix(4).joined(separator: "; or ") + ")")] : []
        words += causes.sorted { $0.rawValue < $1.rawValue }.map { $0.words }
        return words.isEmpty ? "no completion yet" : words.joined(separator: " or ")
    }
}

extension Observation {
    /// What was seen, in words.
    func words(of operation: SymbolicOperation, _ result: ModelResult) -> String {
        guard case .count = result else { return result.words }
        if let status { return "size \(status.size), links \(status.linkCount), kind \(status.kind.rawValue)" }
        if case .list = operation { return "the names \(names.map { $0.name }.joined(separator: " "))" }
        if bytes.isEmpty { return result.words == "0" ? "success, 0" : result.words }
        return "\(result.words) bytes: \(bytes.prefix(8).map { "\($0)" }.joined(separator: " "))\(bytes.count > 8 ? " …" : "")"
    }
}
