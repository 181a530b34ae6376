// A blocking socket of the system: a peer that does exactly what a case tells it.

import CLinuxIO
import Glibc
public import IOSpec
import Synchronization

/// A stream socket without a backend; closed when it goes.
public final class NativeSocket: ConnectionPeer {
    /// The system's number of it; negative once it is closed.
    var descriptor: Int32 { number.load(ordering: .relaxed) }
    private let number: Atomic<Int32>

    /// Connects to a listener, waiting for it.
    public init(connectedTo address: SocketAddress) throws {
        number = Atomic(try Self.connectedDescriptor(to: address))
    }

    /// A socket that is connected to a listener, as a descriptor that the caller closes.
    private static func connectedDescriptor(to address: SocketAddress) throws -> Int32 {
        let domain =
            switch address.family {
            case .internet4: AF_INET
            case .internet6: AF_INET6
            case .local, .localAbstract: AF_UNIX
            }
        let descriptor = try Native.check(
            linuxio_socket(domain, LINUXIO_SOCK_STREAM | LINUXIO_SOCK_CLOEXEC, 0), "cannot make a socket")
        let bytes = native(address, domain: domain)
        let result = unsafe bytes.withUnsafeBytes {
            // An interrupted attempt goes on, and to ask again is to wait for it.
            let (address, count) = (unsafe $0.baseAddress.unsafelyUnwrapped, socklen_t($0.count))
            return Native.repeatingInterrupted { unsafe linuxio_connect(descriptor, address, count) }
        }
        if result < 0 { Native.close(descriptor) }
        try Native.check(result, "cannot connect a socket")
        return descriptor
    }

    /// Sends all of `bytes`.
    public func send(_ bytes: [UInt8]) throws {
        try Native.write(bytes, to: descriptor)
    }

    public func sendByte(_ byte: UInt8) -> Bool { Native.sendByte(byte, to: descriptor) }

    /// Sends a byte that overtakes the others.
    func sendUrgently(_ byte: UInt8) throws {
        let sent = unsafe withUnsafeBytes(of: byte) {
            unsafe linuxio_send(descriptor, $0.baseAddress.unsafelyUnwrapped, $0.count, Int32(MSG_OOB))
        }
        try Native.check(sent, "cannot send an urgent byte")
    }

    /// Receives once, up to `count` bytes; empty at the end of the stream.
    public func receive(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let moved = unsafe bytes.withUnsafeMutableBytes {
            let (address, count) = (unsafe $0.baseAddress.unsafelyUnwrapped, $0.count)
            return Native.repeatingInterrupted { unsafe linuxio_recv(descriptor, address, count, 0) }
        }
        return Array(bytes.prefix(try Native.check(moved, "cannot receive")))
    }

    /// Waits for the end of the stream, or for its reset.
    public func isEnded() -> Bool {
        while true {
            guard let bytes = try? receive(64) else { return true }
            if bytes.isEmpty { return true }
        }
    }

    /// Ends the sending half; the peer sees the end of the stream.
    public func endSending() {
        _ = linuxio_shutdown(descriptor, LINUXIO_SHUT_WR)
    }

    /// Closes the socket.
    public func close() {
        let last = number.exchange(-1, ordering: .relaxed)
        if last >= 0 { Native.close(last) }
    }

    /// Closes the socket so that the peer of an internet stream sees a reset.
    public func reset() {
        var immediately = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe linuxio_setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &immediately, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    deinit { close() }

    /// The address as the kernel reads it: the family in the machine's order, ports in the network's.
    static func native(_ address: SocketAddress, domain: Int32) -> [UInt8] {
        let family = unsafe withUnsafeBytes(of: UInt16(domain)) { unsafe Array($0) }
        let port = [UInt8(address.port >> 8), UInt8(address.port & 0xff)]
        let name = (0..<Int(address.count)).map { address.bytes[$0] }
        let scope = unsafe withUnsafeBytes(of: address.scope) { unsafe Array($0) }
        return switch address.family {
        case .internet4: family + port + name + [UInt8](repeating: 0, count: 8)
        case .internet6: family + port + [0, 0, 0, 0] + name + scope
        case .local: family + name + [0]
        case .localAbstract: family + [0] + name
        }
    }
}
