// HTML that cannot be broken by what it shows: literals are markup, and every value that is put into them is text.

/// A piece of a page. `"<b>\(text)</b>" as Markup` escapes the text; other markup is put in as it is.
public struct Markup: Sendable, ExpressibleByStringInterpolation {
    /// The HTML.
    public private(set) var html: String

    public init(stringLiteral literal: String) {
        html = literal
    }

    public init(stringInterpolation interpolation: Interpolation) {
        html = interpolation.html
    }

    /// What an interpolated literal is put together from.
    public struct Interpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { html += literal }

        /// Puts text in, escaped.
        public mutating func appendInterpolation(_ text: String) { html += Markup.escaped(text) }

        /// Puts a number in.
        public mutating func appendInterpolation(_ number: some BinaryInteger) { html += "\(number)" }

        /// Puts markup in, as it is.
        public mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

        /// Puts pieces of markup in, one after the other.
        public mutating func appendInterpolation(_ pieces: [Markup]) {
            for piece in pieces { html += piece.html }
        }

        /// Puts markup in where there is some.
        public mutating func appendInterpolation(_ markup: Markup?) { html += markup?.html ?? "" }
    }

    /// Text as it may stand between tags and in quoted attributes; what a page cannot hold becomes a replacement character.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            default: escaped.unicodeScalars.append(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar)
            }
        }
    }
}

extension [Markup] {
    /// The pieces with `separator` between them.
    func joined(separator: Markup) -> Markup {
        var pieces: [Markup] = []
        for piece in self { pieces += pieces.isEmpty ? [piece] : [separator, piece] }
        return "\(pieces)"
    }
}
