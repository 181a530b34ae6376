// The options of one stream, listener, datagram handle or packets.

import IOSpec

/// Values of options, with the defaults of Linux.
struct SocketOptions {
    /// What decides which options there are.
    enum Owner {
        case internetStream, internetDatagram, other
    }

    private let owner: Owner
    private var values: [Int32]

    init(_ owner: Owner, receiveBuffer: Int = 212_992, sendBuffer: Int = 212_992) {
        self.owner = owner
        values = SocketOption.allCases.map { _ in 0 }
        self[.noDelay] = 1
        self[.keepAliveIdle] = 7200
        self[.receiveBuffer] = Int32(receiveBuffer)
        self[.sendBuffer] = Int32(sendBuffer)
    }

    /// Those of a stream, or of a listener for streams.
    init(streamsOf family: SocketAddress.Family, isListener: Bool = false) {
        if family.isInternet {
            self.init(isListener ? .other : .internetStream, receiveBuffer: 131_072, sendBuffer: 16_384)
        } else {
            self.init(.other)
        }
    }

    subscript(option: SocketOption) -> Int32 {
        get { values[Int(option.rawValue)] }
        set { values[Int(option.rawValue)] = newValue }
    }

    /// Whether the option has a meaning here.
    func has(_ option: SocketOption) -> Bool {
        switch option {
        case .receiveBuffer, .sendBuffer: true
        case .noDelay, .keepAlive, .keepAliveIdle, .resetsOnClose: owner == .internetStream
        case .broadcast: owner == .internetDatagram
        }
    }

    /// Sets an option. Sizes are doubled, to have room for what the kernel itself needs, and held within its limits.
    mutating func set(_ option: SocketOption, _ value: Int32) {
        switch option {
        case .receiveBuffer: self[option] = Int32(clamping: min(max(2 * Int(value), 2304), 425_984))
        case .sendBuffer: self[option] = Int32(clamping: min(max(2 * Int(value), 4608), 425_984))
        default: self[option] = value
        }
    }

    /// Takes the sizes over that a listener gives to what it accepts.
    mutating func inherit(_ listener: SocketOptions) {
        self[.receiveBuffer] = listener[.receiveBuffer]
        self[.sendBuffer] = listener[.sendBuffer]
    }
}

extension SocketAddress.Family {
    /// Whether its addresses are the internet's, and not names on one host.
    var isInternet: Bool { self == .internet4 || self == .internet6 }
}
