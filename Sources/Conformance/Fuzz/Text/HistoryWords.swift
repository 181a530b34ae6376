// The words of one line of a history, taken one by one.

import IOSpec

/// What is left of a line while it is read. What begins with a word may stand anywhere after what has a place of its own.
struct HistoryWords {
    /// A word, or a text in quotation marks.
    enum Word: Equatable {
        case plain(String)
        case quoted(String)
    }

    private var words: [Word] = []

    /// Cuts a line into words; `#` begins a comment.
    init(_ line: String) throws(HistoryProblem) {
        var characters = Array(line)[...]
        while let first = characters.first, first != "#" {
            if first.isWhitespace {
                characters.removeFirst()
            } else if first == "\"" {
                words.append(.quoted(try Self.takeText(&characters)))
            } else {
                let word = characters.prefix { !$0.isWhitespace && $0 != "#" && $0 != "\"" }
                words.append(.plain(String(word) == "->" ? "→" : String(word)))
                characters.removeFirst(word.count)
            }
        }
    }

    private static func takeText(_ characters: inout ArraySlice<Character>) throws(HistoryProblem) -> String {
        characters.removeFirst()
        var text = ""
        while let next = characters.popFirst() {
            if next == "\"" { return text }
            guard next == "\\" else {
                text.append(next)
                continue
            }
            guard let escaped = characters.popFirst(), let meant = ["n": "\n", "0": "\0", "\"": "\"", "\\": "\\"][String(escaped)] else {
                throw HistoryProblem(#"after a backslash comes n, 0, " or another backslash"#)
            }
            text += meant
        }
        throw HistoryProblem("a text in quotation marks has no end")
    }

    var isEmpty: Bool { words.isEmpty }

    /// What is left, for a message.
    var text: String { words.map(\.text).joined(separator: " ") }

    // MARK: In their places

    /// The next word.
    mutating func word(_ what: String) throws(HistoryProblem) -> String {
        guard case .plain(let word) = words.first else { throw HistoryProblem("\(what) is missing") }
        words.removeFirst()
        return word
    }

    /// The next handle.
    mutating func symbol() throws(HistoryProblem) -> Symbol {
        let word = try word("a handle such as h1")
        guard word.first == "h", let index = Int(word.dropFirst()), index > 0 else {
            throw HistoryProblem("“\(word)” is no handle; write h and a number from 1 on, such as h1")
        }
        return Symbol(index)
    }

    /// The next text in quotation marks.
    mutating func path() throws(HistoryProblem) -> String {
        guard case .quoted(let text) = words.first else { throw HistoryProblem("a path in quotation marks is missing, such as \"a\"") }
        words.removeFirst()
        return text
    }

    /// The next word, which is one of a few.
    mutating func choice<Value>(_ what: String, of values: [Value]) throws(HistoryProblem) -> Value {
        let names = values.map { "\($0)" }
        let word = try word("\(what) (one of \(names.joined(separator: ", ")))")
        if let place = names.firstIndex(of: word) { return values[place] }
        throw HistoryProblem("there is no \(what) “\(word)”; there are \(names.joined(separator: ", "))")
    }

    /// The next word as a number.
    mutating func number<Number: FixedWidthInteger>(_ what: String, radix: Int = 10) throws(HistoryProblem) -> Number {
        let word = try word(what)
        if let number = Number(word, radix: radix) { return number }
        throw HistoryProblem("\(what) is “\(word)”, and must be a number that fits into \(Number.self)")
    }

    // MARK: By their names

    /// Whether `name` is there.
    mutating func flag(_ name: String) -> Bool {
        guard let place = words.firstIndex(of: .plain(name)) else { return false }
        words.remove(at: place)
        return true
    }

    /// The number after `name`, or nil when `name` is not there.
    mutating func numberIfPresent<Number: FixedWidthInteger>(after name: String) throws(HistoryProblem) -> Number? {
        guard let place = words.firstIndex(of: .plain(name)) else { return nil }
        var rest = self
        rest.words = Array(words[(place + 1)...])
        let number: Number = try rest.number("the number after “\(name)”")
        words = Array(words[..<place]) + rest.words
        return number
    }

    /// The number after `name`, which must be there unless there is another one to take.
    mutating func number<Number: FixedWidthInteger>(after name: String, otherwise: Number? = nil) throws(HistoryProblem) -> Number {
        if let number: Number = try numberIfPresent(after: name) ?? otherwise { return number }
        throw HistoryProblem("“\(name)” and a number are missing")
    }

    /// The count after `name`, which is never negative.
    mutating func count(after name: String = "count", otherwise: Int? = nil, in range: ClosedRange<Int> = 0...1 << 24)
        throws(HistoryProblem)
        -> Int
    {
        let number: Int = try number(after: name, otherwise: otherwise)
        if range.contains(number) { return number }
        throw HistoryProblem("“\(name)” is \(number), and must be from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Takes `name`, which must be the next word.
    mutating func expect(_ name: String) throws(HistoryProblem) {
        guard words.first == .plain(name) else { throw HistoryProblem("“\(name)” is missing") }
        words.removeFirst()
    }

    /// Takes `name` if it is the next word.
    mutating func take(_ name: String) -> Bool {
        guard words.first == .plain(name) else { return false }
        words.removeFirst()
        return true
    }

    /// What stands after the arrow, which is taken off the end.
    mutating func made() throws(HistoryProblem) -> [Symbol] {
        guard let arrow = words.firstIndex(of: .plain("→")) else { return [] }
        var rest = self
        rest.words = Array(words[(arrow + 1)...])
        words.removeSubrange(arrow...)
        var symbols: [Symbol] = []
        while !rest.isEmpty { symbols.append(try rest.symbol()) }
        return symbols
    }
}

extension HistoryWords.Word {
    fileprivate var text: String {
        switch self {
        case .plain(let word): word
        case .quoted(let text): text.quoted
        }
    }
}
