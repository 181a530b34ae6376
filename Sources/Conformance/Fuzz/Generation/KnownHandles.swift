// The handles of a history while it is generated, by what they will be if all goes well.

import IOSpec

/// Symbols by what an operation wants. Closed ones stay, because using them is a mistake worth making.
struct KnownHandles {
    /// What an operation wants of a handle.
    enum Role: Int, CaseIterable {
        case directory, file, receiver, sender, listener, unconnected, messages, datagram
    }

    private var symbols: [Role: [Symbol]] = [:]
    private(set) var all: [Symbol] = []

    /// Adds a symbol that serves as each of `roles`.
    mutating func add(_ symbol: Symbol, as roles: Role...) {
        all.append(symbol)
        for role in roles { symbols[role, default: []].append(symbol) }
    }

    /// Those that serve as `role`, the newest last.
    func serving(as role: Role) -> [Symbol] { symbols[role, default: []] }
}
