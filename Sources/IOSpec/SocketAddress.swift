// Where a stream listens or connects: the closed set of address families.

/// The address of a listener or of the peer of a stream, as plain data.
public struct SocketAddress: BitwiseCopyable, Sendable {
    /// The family of an address.
    public enum Family: UInt8, BitwiseCopyable, Sendable, CaseIterable {
        /// Internet protocol, version 4: four bytes and a port.
        case internet4
        /// Internet protocol, version 6: sixteen bytes, a port and a scope.
        case internet6
        /// A name in the file system of this machine.
        case local
        /// A name on this machine outside the file system; it vanishes with its listener.
        case localAbstract
    }

    /// The most bytes a local name may have.
    public static var maximumNameLength: Int { 107 }

    /// The family, which says how the other properties are read.
    public let family: Family
    /// The port of an internet address; 0 asks a listener for any free one.
    public let port: UInt16
    /// The scope of a version 6 address, or 0.
    public let scope: UInt32
    /// The number of bytes of ``bytes`` that are in use.
    public let count: UInt8
    /// The address or name, in network order; the bytes after `count` are zero.
    public let bytes: InlineArray<107, UInt8>

    private init(family: Family, port: UInt16, scope: UInt32, count: Int, byte: (Int) -> UInt8) {
        self.family = family
        self.port = port
        self.scope = scope
        self.count = UInt8(count)
        self.bytes = InlineArray<107, UInt8> { $0 < count ? byte($0) : 0 }
    }

    /// An internet protocol version 4 address.
    public static func internet4(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8, port: UInt16) -> SocketAddress {
        let address: InlineArray<4, UInt8> = [a, b, c, d]
        return SocketAddress(family: .internet4, port: port, scope: 0, count: 4) { address[$0] }
    }

    /// An internet protocol version 6 address of sixteen bytes in network order.
    public static func internet6(_ address: InlineArray<16, UInt8>, port: UInt16, scope: UInt32 = 0) -> SocketAddress {
        SocketAddress(family: .internet6, port: port, scope: scope, count: 16) { address[$0] }
    }

    /// A local name in the file system, or nil when it is empty, has a zero byte, or is longer than ``maximumNameLength``.
    public static func local(_ name: some Collection<UInt8>) -> SocketAddress? {
        named(name, family: .local)
    }

    /// A local name outside the file system, or nil when it is empty or longer than ``maximumNameLength``.
    public static func localAbstract(_ name: some Collection<UInt8>) -> SocketAddress? {
        named(name, family: .localAbstract)
    }

    /// The loopback address of version 4.
    public static func loopback4(port: UInt16 = 0) -> SocketAddress {
        internet4(127, 0, 0, 1, port: port)
    }

    /// The loopback address of version 6.
    public static func loopback6(port: UInt16 = 0) -> SocketAddress {
        internet6(InlineArray<16, UInt8> { $0 == 15 ? 1 : 0 }, port: port)
    }

    private static func named(_ name: some Collection<UInt8>, family: Family) -> SocketAddress? {
        if name.isEmpty || name.count > maximumNameLength { return nil }
        if family == .local, name.contains(0) { return nil }
        var iterator = name.makeIterator()
        return SocketAddress(family: family, port: 0, scope: 0, count: name.count) { _ in iterator.next() ?? 0 }
    }
}
