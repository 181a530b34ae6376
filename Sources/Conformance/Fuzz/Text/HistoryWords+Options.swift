// Reads operations with options, and what goes with messages.

import IOSpec

extension HistoryWords {
    mutating func optionOperation(_ verb: String, _ makes: [Symbol]) throws(HistoryProblem) -> SymbolicOperation? {
        switch verb {
        case "setTimes": .setTimes(try symbol(), access: try time(after: "access"), modification: try time(after: "modification"))
        case "advise":
            .advise(
                try symbol(), at: try number(after: "at", otherwise: 0), count: try number(after: "count"),
                try choice("advice", of: Advice.allCases))
        case "listPiece": .listPiece(try symbol(), room: try count(after: "room"))
        case "passHandles": .passHandles(try symbols(before: "over"), try payload(), over: try symbol())
        case "receiveHandles": .receiveHandles(try symbol(), count: try count(), makes: makes)
        case "setOption":
            .setOption(try symbol(), try choice("option", of: SocketOption.allCases), try number("the value of the option"))
        case "option": .option(try symbol(), try choice("option", of: SocketOption.allCases))
        default: nil
        }
    }

    private mutating func time(after name: String) throws(HistoryProblem) -> FileTime {
        try expect(name)
        if take("unchanged") { return .unchanged }
        if take("now") { return .now }
        return .at(try number("a time in nanoseconds, or unchanged, or now"))
    }

    /// The handles up to `word`, which is taken, too.
    private mutating func symbols(before word: String) throws(HistoryProblem) -> [Symbol] {
        var symbols: [Symbol] = []
        while !take(word) { symbols.append(try symbol()) }
        if symbols.count <= Message.maximumHandles { return symbols }
        throw HistoryProblem("\(symbols.count) handles are more than the \(Message.maximumHandles) that one message passes")
    }
}
