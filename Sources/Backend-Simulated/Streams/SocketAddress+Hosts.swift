// Internet addresses of a world: those of its hosts, and those that mean the host itself.

public import IOSpec

extension SimulatedHost {
    /// The address of version 4 by which hosts of the world reach this one.
    public func internetAddress(port: UInt16 = 0) -> SocketAddress {
        .internet4(10, 0, UInt8(truncatingIfNeeded: (index + 1) >> 8), UInt8(truncatingIfNeeded: index + 1), port: port)
    }

    /// The address of version 6 by which hosts of the world reach this one.
    public func internetAddress6(port: UInt16 = 0) -> SocketAddress {
        let number = index + 1
        return .internet6(
            InlineArray<16, UInt8> {
                switch $0 {
                case 0: 0xfd
                case 14: UInt8(truncatingIfNeeded: number >> 8)
                case 15: UInt8(truncatingIfNeeded: number)
                default: 0
                }
            }, port: port)
    }

    /// The own address of a family that is the internet's.
    func ownAddress(_ family: SocketAddress.Family, port: UInt16) -> SocketAddress {
        family == .internet4 ? internetAddress(port: port) : internetAddress6(port: port)
    }

    /// Whether an internet address is one of this host.
    func has(_ address: SocketAddress) -> Bool {
        address.isLoopback || address.isUnspecified || address.name == ownAddress(address.family, port: 0).name
    }

    /// The host that an internet address leads to from here, or nil.
    func host(at address: SocketAddress) -> SimulatedHost? {
        if address.isLoopback || address.isUnspecified { return self }
        return world.hosts.first { $0.ownAddress(address.family, port: 0).name == address.name }
    }
}

extension SocketAddress {
    /// The bytes of the address or name.
    var name: [UInt8] { (0..<Int(count)).map { bytes[$0] } }

    /// No address of a family that is the internet's.
    static func unspecified(_ family: Family, port: UInt16 = 0) -> SocketAddress {
        family == .internet4 ? .internet4(0, 0, 0, 0, port: port) : .internet6(InlineArray<16, UInt8>(repeating: 0), port: port)
    }

    var isUnspecified: Bool { name.allSatisfy { $0 == 0 } }

    var isLoopback: Bool {
        family == .internet4 ? bytes[0] == 127 : name == SocketAddress.loopback6().name
    }

    /// The same address with another port.
    func with(port: UInt16) -> SocketAddress {
        family == .internet4
            ? .internet4(bytes[0], bytes[1], bytes[2], bytes[3], port: port)
            : .internet6(InlineArray<16, UInt8> { bytes[$0] }, port: port, scope: scope)
    }

    /// Where connecting to the address leads: no address means the host itself.
    var reached: SocketAddress {
        guard isUnspecified else { return self }
        return family == .internet4 ? .loopback4(port: port) : .loopback6(port: port)
    }
}
