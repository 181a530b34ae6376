// Making handles for datagrams and packets.

import CLinuxIO
public import IOSpec

extension Acquisition {
    static func datagram(_ family: SocketAddress.Family, at address: SocketAddress?, nonBlocking: Bool) throws(IOError) -> NativeHandle {
        let handle = try socket(
            family, LINUXIO_SOCK_DGRAM, kind: .datagram, traits: [.reading, .writing], nonBlocking: nonBlocking)
        do throws(IOError) {
            if family == .internet6 { try setOption(IPV6_V6ONLY, of: LINUXIO_IPPROTO_IPV6, on: handle) }
            if let address { _ = try check(unsafe address.withNative { unsafe linuxio_bind(handle.number, $0, $1) }) }
            return handle
        } catch {
            discard(handle)
            throw error
        }
    }

    static func packets(_ family: SocketAddress.Family, nonBlocking: Bool) throws(IOError) -> NativeHandle {
        // What the internet has of this kind is another protocol's.
        if family.isInternet { throw IOError(.unsupported) }
        let handle = try socket(
            family, LINUXIO_SOCK_SEQPACKET, kind: .packets, traits: [.reading, .writing], nonBlocking: nonBlocking)
        tellEnd(ofPackets: handle.number)
        return handle
    }

    static func packetListener(at address: SocketAddress, backlog: Int, nonBlocking: Bool) throws(IOError) -> NativeHandle {
        if address.family.isInternet { throw IOError(.unsupported) }
        let handle = try socket(
            address.family, LINUXIO_SOCK_SEQPACKET, kind: .listener, traits: [.reading, .acceptingPackets], nonBlocking: nonBlocking)
        return try listening(handle, at: address, backlog: backlog)
    }

    /// The kind of a connection that a listener has accepted; packets are made to tell their end.
    public static func kind(ofAccepted descriptor: Int32, by listener: NativeHandle) -> HandleKind {
        guard listener.traits.contains(.acceptingPackets) else { return .stream }
        tellEnd(ofPackets: descriptor)
        return .packets
    }

    // The kernel's results for the end and for an empty packet are the same. But it gives each packet a time, if asked to, and none to the end.
    // Where it refuses that, the end is told by the hang-up alone.
    static func tellEnd(ofPackets descriptor: Int32) {
        _ = linuxio_set_socket_option(descriptor, SOL_SOCKET, LINUXIO_SO_TIMESTAMPNS, 1)
    }

    static func socketPair(_ type: Int32, _ kind: HandleKind, nonBlocking: Bool) throws(IOError) -> (
        first: NativeHandle, second: NativeHandle
    ) {
        var ends: (Int32, Int32) = (-1, -1)
        _ = try check(
            unsafe withUnsafeMutableBytes(of: &ends) {
                unsafe linuxio_socketpair(
                    AF_UNIX, socketType(type, nonBlocking: nonBlocking), 0,
                    $0.bindMemory(to: Int32.self).baseAddress.unsafelyUnwrapped)
            })
        if kind == .packets {
            tellEnd(ofPackets: ends.0)
            tellEnd(ofPackets: ends.1)
        }
        let traits: HandleTraits = [.reading, .writing, .passesHandles]
        return (NativeHandle(number: ends.0, kind: kind, traits: traits), NativeHandle(number: ends.1, kind: kind, traits: traits))
    }
}
