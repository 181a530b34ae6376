// Reads one operation or resource of a history.

import IOSpec

extension HistoryWords {
    /// What is acquired.
    mutating func resource() throws(HistoryProblem) -> SymbolicResource {
        let kind = try word("what is acquired: root, pair, listener, stream, datagram, buffers, namedPipe or refused")
        switch kind {
        case "root": return .root
        case "pair": return .pair(try choice("pair", of: PairedResource.allCases))
        case "listener": return .listener(try family(), backlog: try count(after: "backlog", otherwise: 16, in: 0...4096))
        case "stream": return .stream(try family())
        case "datagram": return .datagram(try family())
        case "buffers": return .buffers(count: try count(in: 1...1024), size: try count(after: "size", in: 1...BufferPool.maximumSize))
        case "namedPipe": return .namedPipe
        case "refused": return .refused(try choice("refused", of: RefusedResource.allCases))
        default:
            let all = "root, pair, listener, stream, datagram, buffers, namedPipe and refused"
            throw HistoryProblem("“\(kind)” cannot be acquired; there are \(all)")
        }
    }

    private mutating func family() throws(HistoryProblem) -> SocketAddress.Family {
        try choice("family", of: SocketAddress.Family.allCases)
    }

    /// The operation that `verb` begins.
    mutating func operation(_ verb: String, makes: [Symbol]) throws(HistoryProblem) -> SymbolicOperation {
        switch verb {
        case "nop": return .nop
        case "timer": return .timer(microseconds: try number("the microseconds"))
        case "close": return .close(try symbol())
        default: break
        }
        if let operation = try fileOperation(verb) { return operation }
        if let operation = try pathOperation(verb, makes) { return operation }
        if let operation = try streamOperation(verb, makes) { return operation }
        if let operation = try optionOperation(verb, makes) { return operation }
        throw HistoryProblem("there is no operation “\(verb)”; the names are those of the specification, such as read, send or rename")
    }

    private mutating func fileOperation(_ verb: String) throws(HistoryProblem) -> SymbolicOperation? {
        switch verb {
        case "read": .read(try symbol(), count: try count(), at: try number(after: "at", otherwise: 0), pieces: try pieces())
        case "write": .write(try symbol(), try payload(), at: try number(after: "at", otherwise: 0), pieces: try pieces())
        case "append": .append(try symbol(), try payload())
        case "truncate": .truncate(try symbol(), to: try number(after: "size"))
        case "allocate":
            .allocate(
                try symbol(), at: try number(after: "at", otherwise: 0), count: try number(after: "count"), keepsSize: flag("keepsSize"))
        case "punchHole": .punchHole(try symbol(), at: try number(after: "at", otherwise: 0), count: try number(after: "count"))
        case "synchronize": .synchronize(try symbol(), dataOnly: flag("dataOnly"))
        case "status": .status(try symbol())
        case "list": .list(try symbol())
        case "setPermissions": .setPermissions(try symbol(), try number("the permissions, in octal,", radix: 8))
        case "lock": .lock(try symbol(), try choice("mode", of: LockMode.allCases))
        case "unlock": .unlock(try symbol())
        default: nil
        }
    }

    private mutating func pathOperation(_ verb: String, _ makes: [Symbol]) throws(HistoryProblem) -> SymbolicOperation? {
        switch verb {
        case "open": .open(beneath: try symbol(), path: try path(), openOptions(), makes: try made(makes.first))
        case "pathStatus": .pathStatus(beneath: try symbol(), path: try path(), followsLink: flag("followsLink"))
        case "readLink": .readLink(beneath: try symbol(), path: try path())
        case "symbolicLink": .symbolicLink(beneath: try symbol(), path: try path(), target: try path(after: "target"))
        case "hardLink": .hardLink(beneath: try symbol(), path: try path(), toDirectory: try symbol(after: "to"), toPath: try path())
        case "rename":
            .rename(
                beneath: try symbol(), path: try path(), toDirectory: try symbol(after: "to"), toPath: try path(),
                try choice("mode", of: RenameMode.allCases))
        case "unlink": .unlink(beneath: try symbol(), path: try path())
        case "makeDirectory": .makeDirectory(beneath: try symbol(), path: try path())
        case "removeDirectory": .removeDirectory(beneath: try symbol(), path: try path())
        default: nil
        }
    }

    private mutating func streamOperation(_ verb: String, _ makes: [Symbol]) throws(HistoryProblem) -> SymbolicOperation? {
        switch verb {
        case "receive": .receive(try symbol(), count: try count(), pieces: try pieces())
        case "receiveExactly": .receiveExactly(try symbol(), count: try count())
        case "send": .send(try symbol(), try payload(), pieces: try pieces())
        case "sendZeroCopy": .sendZeroCopy(try symbol(), try payload())
        case "splice":
            .splice(from: try symbol(), to: try symbol(after: "to"), count: try count(), at: try number(after: "at", otherwise: 0))
        case "accept": .accept(try symbol(), makes: try made(makes.first))
        case "connect": .connect(try symbol(), to: try symbol(after: "to"))
        case "shutDown": .shutDown(try symbol(), try choice("direction", of: Direction.allCases))
        case "sendMessage": .sendMessage(try symbol(), try payload(), to: take("to") ? try symbol() : nil)
        case "receiveMessage": .receiveMessage(try symbol(), count: try count())
        case "readiness": .readiness(try symbol(), ways())
        case "acceptMultishot": .acceptMultishot(try symbol(), makes: makes)
        case "receiveMultishot": .receiveMultishot(try symbol(), into: try symbol(after: "into"))
        case "readinessMultishot": .readinessMultishot(try symbol(), ways())
        default: nil
        }
    }

    private func made(_ symbol: Symbol?) throws(HistoryProblem) -> Symbol {
        if let symbol { return symbol }
        throw HistoryProblem("the handle that is made is missing; write it at the end, such as → h2")
    }

    private mutating func symbol(after name: String) throws(HistoryProblem) -> Symbol {
        try expect(name)
        return try symbol()
    }

    private mutating func path(after name: String) throws(HistoryProblem) -> String {
        try expect(name)
        return try path()
    }

    private mutating func pieces() throws(HistoryProblem) -> Int {
        try count(after: "pieces", otherwise: 1, in: 1...2 * Limits.maximumSegments)
    }

    mutating func payload() throws(HistoryProblem) -> Payload {
        Payload(seed: try number(after: "seed", otherwise: 1), count: try count())
    }

    private mutating func openOptions() -> OpenOptions {
        OpenOptions.named.reduce(into: []) { if flag($1.name) { $0.insert($1.option) } }
    }

    private mutating func ways() -> Readiness {
        Readiness.named.reduce(into: []) { if flag($1.name) { $0.insert($1.way) } }
    }
}
