// What a program acquires while it boots.

import IOSpec

extension Station {
    func acquire(_ resource: Resource) throws(IOError) -> NativeHandle {
        if isDead { throw IOError(.noDevice) }
        return switch resource {
        case .directory(let name, let unconfined): try acquireDirectory(named: Array(name.utf8), isUnconfined: unconfined)
        case .listener(let address, let backlog): try acquireListener(at: address, backlog, .streams)
        case .stream(let family): try acquireStream(family)
        case .datagram(let family, let address): try acquireDatagrams(family, at: address)
        case .packets(let family): try acquirePackets(family)
        case .packetListener(let address, let backlog): try acquirePacketListener(at: address, backlog)
        // There is no system outside that could have either.
        case .process, .foreign: throw IOError(.unsupported)
        }
    }

    func acquire(pair: PairedResource) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        if isDead { throw IOError(.noDevice) }
        return switch pair {
        case .streams: try acquireStreamPair()
        case .pipe: try acquirePipe()
        case .datagrams: try acquireMessagePair(.local, .datagram)
        case .packets: try acquireMessagePair(.packets, .packets)
        }
    }

    func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        switch things[handle.number] {
        case .stream(let end): try localAddress(of: end)
        case .listener(let listener): listener.address
        case .messages(let end): try end.localAddress()
        default: throw IOError(.unsupported)
        }
    }

    func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        switch things[handle.number] {
        case .stream(let end): try peerAddress(of: end)
        case .messages(let end): try end.remoteAddress()
        default: throw IOError(.unsupported)
        }
    }
}
