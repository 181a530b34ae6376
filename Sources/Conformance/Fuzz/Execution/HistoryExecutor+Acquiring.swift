// What a history acquires, and where its sockets are.

import Glibc
import IOSpec
import Synchronization

extension HistoryExecutor {
    private static let names = Atomic<Int>(0)

    /// Acquires a resource.
    ///
    /// - Throws: ``Skip`` when it cannot be had here: the history tells nothing then.
    func acquire(_ resource: SymbolicResource, _ symbols: [Symbol]) throws {
        if case .refused(let refused) = resource { return try expectRefusal(of: refused) }
        do {
            if case .buffers(let count, let size) = resource {
                pools[symbols[0]] = try HistoryPool(count, each: size, of: context)
                return
            }
            let made = try acquired(resource)
            for (symbol, handle) in zip(symbols, made) { handles[symbol] = handle }
            try note(resource, symbols[0], made[0])
        } catch let error as IOError {
            throw Skip(reason: .environment("cannot be acquired"), "\(resource.text) cannot be acquired: \(error.cause)")
        }
    }

    private func acquired(_ resource: SymbolicResource) throws -> [Handle] {
        switch resource {
        case .root: return [try context.acquire(.directory(name: context.scratchName, unconfined: false))]
        case .pair(let kind):
            let pair = try context.acquire(pair: kind)
            return [pair.first, pair.second]
        case .listener(let family, let backlog): return [try context.acquire(.listener(at: freshAddress(family), backlog: backlog))]
        case .stream(let family): return [try context.acquire(.stream(family))]
        case .buffers: return []
        case .datagram(let family): return [try context.acquire(.datagram(family, at: freshAddress(family)))]
        case .namedPipe: return [try context.acquire(.directory(name: makeNamedPipe(), unconfined: false))]
        case .refused: return []
        }
    }

    private func note(_ resource: SymbolicResource, _ symbol: Symbol, _ handle: Handle) throws {
        switch resource {
        case .listener, .datagram: addresses[symbol] = try context.localAddress(of: handle)
        case .stream(let family): families[symbol] = family
        case .pair(.datagrams): hasUnnamedDatagrams = true
        case .root, .pair, .buffers, .namedPipe, .refused: break
        }
    }

    /// Where `symbol` is; for what never had an address, one where nobody is.
    func address(of symbol: Symbol, for sender: Symbol) throws -> SocketAddress {
        try addresses[symbol] ?? freshAddress(families[sender] ?? addresses[sender]?.family ?? .local)
    }

    /// An address of `family` that nobody has.
    func freshAddress(_ family: SocketAddress.Family) throws -> SocketAddress {
        switch family {
        case .internet4: return .loopback4()
        case .internet6: return .loopback6()
        case .local:
            let place = try socketPlace ?? context.factory.surroundings.makeScratchDirectory()
            socketPlace = place
            sockets += 1
            return try Self.named(.local("\(place.path)/s\(sockets)".utf8), place.path)
        case .localAbstract:
            let name = "iospec-history-\(getpid())-\(Self.names.wrappingAdd(1, ordering: .relaxed).newValue)"
            return try Self.named(.localAbstract(name.utf8), name)
        }
    }

    private static func named(_ address: SocketAddress?, _ name: String) throws -> SocketAddress {
        if let address { return address }
        throw HarnessProblem("“\(name)” is too long for a local address")
    }
}
