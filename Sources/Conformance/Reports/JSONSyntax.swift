// Where a text stops being JSON: the decoder only says that it is none, and a person needs the line.

/// Reads JSON without keeping it.
struct JSONSyntax {
    /// The first place where the text is not JSON.
    struct Problem: Error, CustomStringConvertible {
        let line: Int
        let column: Int
        /// What should stand there.
        let expected: String

        var description: String { "line \(line), column \(column): expected \(expected)" }
    }

    /// How deep values may lie in each other.
    private static var maximumDepth: Int { 256 }

    /// The lines on which the elements of the outermost array begin.
    private(set) var elementLines: [Int] = []

    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// Reads all of `bytes`.
    init(checking bytes: [UInt8]) throws(Problem) {
        self.bytes = bytes
        try value()
        skipSpace()
        if position < bytes.count { throw problem("the end of the text") }
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private var line: Int { bytes[..<position].count { $0 == UInt8(ascii: "\n") } + 1 }

    private func problem(_ expected: String) -> Problem {
        let start = bytes[..<position].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return Problem(line: line, column: position - start + 1, expected: expected)
    }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(Problem) {
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): try members()
        case UInt8(ascii: "["): try elements()
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        default: try number()
        }
    }

    private mutating func members() throws(Problem) {
        try enter()
        if skip("}") { return leave() }
        repeat {
            skipSpace()
            if next != UInt8(ascii: "\"") { throw problem("a name in quotation marks") }
            try string()
            if !skip(":") { throw problem("“:” after a name") }
            try value()
        } while skip(",")
        if !skip("}") { throw problem("“,” or “}”") }
        leave()
    }

    private mutating func elements() throws(Problem) {
        try enter()
        if skip("]") { return leave() }
        repeat {
            skipSpace()
            if depth == 1 { elementLines.append(line) }
            try value()
        } while skip(",")
        if !skip("]") { throw problem("“,” or “]”") }
        leave()
    }

    private mutating func enter() throws(Problem) {
        if depth == Self.maximumDepth { throw problem("at most \(Self.maximumDepth) values in each other") }
        depth += 1
        position += 1
    }

    private mutating func leave() { depth -= 1 }

    private mutating func string() throws(Problem) {
        position += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            if byte < 0x20 { throw problem("“\"” at the end of a string") }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        if position >= bytes.count {
            position = bytes.count
            throw problem("“\"” at the end of a string")
        }
        position += 1
    }

    private mutating func word(_ word: String) throws(Problem) {
        if !bytes[position...].starts(with: word.utf8) { throw problem("a value") }
        position += word.utf8.count
    }

    private mutating func number() throws(Problem) {
        let start = position
        while let byte = next, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
        if position == start { throw problem("a value") }
    }
}
