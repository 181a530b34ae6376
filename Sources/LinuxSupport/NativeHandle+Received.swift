// What a descriptor is that came from elsewhere, by what the kernel says of it.

import CLinuxIO
public import IOSpec

extension NativeHandle {
    /// Describes a descriptor that another process, or this one, has passed. What is nothing of the specification's is ``HandleKind/foreign``.
    public init(received descriptor: Int32) {
        let flags = linuxio_status_flags(descriptor)
        let type = linuxio_file_type(descriptor)
        self = NativeHandle(number: descriptor, kind: .foreign, traits: [])
        if flags < 0 || flags & LINUXIO_O_PATH != 0 { return }
        switch type {
        case S_IFSOCK:
            describeSocket()
        case S_IFREG, S_IFBLK, S_IFDIR, S_IFCHR, S_IFIFO:
            kind = BlockingCall.kind(of: descriptor)
            traits = Self.traits(of: kind, flags)
            if traits.contains(.direct) { alignment = BlockingCall.directAlignment(of: descriptor) }
        default: return
        }
    }

    private static func traits(of kind: HandleKind, _ flags: Int32) -> HandleTraits {
        var traits: HandleTraits = []
        let access = flags & O_ACCMODE
        if access == O_RDONLY || access == O_RDWR { traits.insert(.reading) }
        if access == O_WRONLY || access == O_RDWR { traits.insert(.writing) }
        if kind == .directory { traits.insert(.sharingPosition) }
        guard kind == .file else { return traits }
        if flags & O_APPEND != 0, traits.contains(.writing) { traits.insert(.appending) }
        if flags & LINUXIO_O_DIRECT != 0 { traits.insert(.direct) }
        return traits
    }

    private mutating func describeSocket() {
        let domain = option(SO_DOMAIN)
        let isLocal = domain == AF_UNIX
        guard isLocal || domain == AF_INET || domain == AF_INET6, let kind = socketKind(isLocal: isLocal) else { return }
        self.kind = kind
        traits = kind == .listener ? [.reading] : [.reading, .writing]
        if isLocal { traits.insert(.passesHandles) }
        if kind == .listener, option(SO_TYPE) == LINUXIO_SOCK_SEQPACKET { traits.insert(.acceptingPackets) }
    }

    private func socketKind(isLocal: Bool) -> HandleKind? {
        let listens = option(SO_ACCEPTCONN) == 1
        let transport = option(SO_PROTOCOL)
        switch option(SO_TYPE) {
        case LINUXIO_SOCK_STREAM where isLocal || transport == LINUXIO_IPPROTO_TCP || transport == LINUXIO_IPPROTO_MPTCP:
            return listens ? .listener : .stream
        case LINUXIO_SOCK_DGRAM where isLocal || transport == LINUXIO_IPPROTO_UDP: return .datagram
        case LINUXIO_SOCK_SEQPACKET where isLocal: return listens ? .listener : .packets
        default: return nil
        }
    }

    private func option(_ name: Int32) -> Int32 {
        linuxio_socket_option(number, SOL_SOCKET, name)
    }
}
