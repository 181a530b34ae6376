// Reads the text of a history.

import IOSpec

extension History {
    /// Reads a history: one step a line, as its description writes them. `#` begins a comment, and operations are numbered as one likes.
    public init(parsing text: String) throws(HistoryProblem) {
        var reader = HistoryReader()
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (place, line) in lines.enumerated() {
            do throws(HistoryProblem) {
                try reader.read(String(line))
            } catch {
                throw error.located(at: place + 1)
            }
        }
        self.init(seed: reader.seed, steps: reader.steps)
    }
}

/// What was read so far.
private struct HistoryReader {
    var seed: UInt64 = 0
    var steps: [HistoryStep] = []
    private var made: Set<Symbol> = []
    /// The operations by the labels that the text has for them.
    private var numbers: [String: Int] = [:]

    private static var verbs: String { "acquire, giveBack, register, registerMemory, cancel, turn, settle" }

    mutating func read(_ line: String) throws(HistoryProblem) {
        var words = try HistoryWords(line)
        if words.isEmpty { return }
        let whole = words.text
        let step = try step(&words)
        if !words.isEmpty {
            throw HistoryProblem("“\(words.text)” has no meaning in “\(whole)”")
        }
        guard let step else { return }
        for symbol in step.uses where !made.contains(symbol) {
            throw HistoryProblem("\(symbol.text) is used before it is made; acquire it or open it in a line before")
        }
        for symbol in step.makes where !made.insert(symbol).inserted {
            throw HistoryProblem("\(symbol.text) was made before; give each handle a number of its own")
        }
        steps.append(step)
    }

    private mutating func step(_ words: inout HistoryWords) throws(HistoryProblem) -> HistoryStep? {
        let first = try words.word("a step: \(Self.verbs), or an operation such as “1: nop”")
        switch first {
        case "seed":
            seed = try words.number("the seed")
            return nil
        case "turn": return .turn
        case "settle": return .settle
        case "cancel":
            let label = try words.word("the number of an operation")
            guard let number = numbers[label] else { throw HistoryProblem("no operation before is called “\(label)”") }
            return .cancel(number)
        case "giveBack": return .giveBack(try words.symbol())
        case "register": return .register(try words.symbol())
        case "registerMemory": return .registerMemory(try words.count(in: 1...1 << 24))
        case "acquire": return try acquisition(&words)
        default: return try submission(first, &words)
        }
    }

    private func acquisition(_ words: inout HistoryWords) throws(HistoryProblem) -> HistoryStep {
        let symbols = try words.made()
        let resource = try words.resource()
        let count = resource.makesCount
        if symbols.count == count { return .acquire(resource, makes: symbols) }
        throw HistoryProblem(
            "acquiring makes \(count) here; write for instance “acquire \(resource.text)\(["", " → h1", " → h1 h2"][count])”")
    }

    private mutating func submission(_ label: String, _ words: inout HistoryWords) throws(HistoryProblem) -> HistoryStep {
        guard label.hasSuffix(":") else {
            throw HistoryProblem("“\(label)” is no step; there are seed, \(Self.verbs), and operations such as “1: nop”")
        }
        let symbols = try words.made()
        let verb = try words.word("an operation after “\(label)”")
        let deadline: Int? = try words.numberIfPresent(after: "deadline")
        let isLinked = words.flag("linked")
        let isBarrier = words.flag("barrier")
        let operation = try words.operation(verb, makes: symbols)
        if symbols != operation.makes {
            throw HistoryProblem(
                "\(verb) makes \(operation.makes.isEmpty ? "no handle" : "one handle"), and \(symbols.count) stand after →")
        }
        if isLinked, steps.last?.isSubmission != true {
            throw HistoryProblem("a linked operation comes right after the one before it in its chain")
        }
        if isLinked, isBarrier { throw HistoryProblem("only the first operation of a chain can be a barrier") }
        guard numbers.updateValue(numbers.count + 1, forKey: String(label.dropLast())) == nil else {
            throw HistoryProblem("two operations are called “\(label.dropLast())”")
        }
        return .submit(operation, deadline: deadline, isLinked: isLinked, isBarrier: isBarrier)
    }
}
