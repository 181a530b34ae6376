// Making, naming and discarding native handles while a program boots.

import CLinuxIO
public import IOSpec

/// Native handles for a kernel interface's `acquire`; every descriptor is close-on-exec from birth (clause `handle.close-on-exec`).
///
/// `nonBlocking` sets O_NONBLOCK on descriptors of our own making; readiness backends ask for it.
public enum Acquisition {
    /// Makes a native handle; may block.
    ///
    /// - Throws: why it cannot be had.
    public static func acquire(_ resource: Resource, nonBlocking: Bool) throws(IOError) -> NativeHandle {
        switch resource {
        case .directory(let name, let unconfined): try directory(name, unconfined: unconfined)
        case .listener(let address, let backlog): try listener(at: address, backlog: backlog, nonBlocking: nonBlocking)
        case .stream(let family): try stream(family, nonBlocking: nonBlocking)
        case .packetListener(let address, let backlog): try packetListener(at: address, backlog: backlog, nonBlocking: nonBlocking)
        case .packets(let family): try packets(family, nonBlocking: nonBlocking)
        case .datagram(let family, let address): try datagram(family, at: address, nonBlocking: nonBlocking)
        case .process(let number): try process(number)
        case .foreign(let number): try foreign(number)
        }
    }

    /// Makes both ends of a pair.
    ///
    /// - Throws: why they cannot be had.
    public static func acquire(pair: PairedResource, nonBlocking: Bool) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        switch pair {
        case .streams: try socketPair(LINUXIO_SOCK_STREAM, .stream, nonBlocking: nonBlocking)
        case .pipe: try pipe(nonBlocking: nonBlocking)
        case .datagrams: try socketPair(LINUXIO_SOCK_DGRAM, .datagram, nonBlocking: nonBlocking)
        case .packets: try socketPair(LINUXIO_SOCK_SEQPACKET, .packets, nonBlocking: nonBlocking)
        }
    }

    /// Closes a handle that no operation uses.
    public static func discard(_ handle: NativeHandle) {
        // The number is free again whatever the result is, so there is nothing to repeat or to report.
        _ = linuxio_close(handle.number)
    }

    // MARK: Each kind

    private static func directory(_ name: String, unconfined: Bool) throws(IOError) -> NativeHandle {
        let flags = O_RDONLY | LINUXIO_O_DIRECTORY | LINUXIO_O_CLOEXEC
        let number = try check(unsafe name.withCString { unsafe linuxio_openat(LINUXIO_AT_FDCWD, $0, flags, 0) })
        return NativeHandle(number: number, kind: .directory, traits: unconfined ? [.reading, .unconfined] : [.reading])
    }

    private static func listener(at address: SocketAddress, backlog: Int, nonBlocking: Bool) throws(IOError) -> NativeHandle {
        let handle = try socket(address.family, LINUXIO_SOCK_STREAM, kind: .listener, traits: [.reading], nonBlocking: nonBlocking)
        return try listening(handle, at: address, backlog: backlog)
    }

    static func listening(_ handle: NativeHandle, at address: SocketAddress, backlog: Int) throws(IOError) -> NativeHandle {
        do throws(IOError) {
            if address.family.isInternet { try setOption(SO_REUSEADDR, of: SOL_SOCKET, on: handle) }
            // A listener at an address of version 6 serves version 6 alone, whatever the system's default is.
            if address.family == .internet6 { try setOption(IPV6_V6ONLY, of: LINUXIO_IPPROTO_IPV6, on: handle) }
            _ = try check(unsafe address.withNative { unsafe linuxio_bind(handle.number, $0, $1) })
            _ = try check(linuxio_listen(handle.number, Int32(clamping: backlog)))
            return handle
        } catch {
            discard(handle)
            throw error
        }
    }

    private static func stream(_ family: SocketAddress.Family, nonBlocking: Bool) throws(IOError) -> NativeHandle {
        try socket(family, LINUXIO_SOCK_STREAM, kind: .stream, traits: [.reading, .writing], nonBlocking: nonBlocking)
    }

    private static func pipe(nonBlocking: Bool) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        var ends: (Int32, Int32) = (-1, -1)
        let flags = LINUXIO_O_CLOEXEC | (nonBlocking ? LINUXIO_O_NONBLOCK : 0)
        _ = try check(
            unsafe withUnsafeMutableBytes(of: &ends) {
                unsafe linuxio_pipe2($0.bindMemory(to: Int32.self).baseAddress.unsafelyUnwrapped, flags)
            })
        return (
            NativeHandle(number: ends.0, kind: .pipe, traits: [.reading]), NativeHandle(number: ends.1, kind: .pipe, traits: [.writing])
        )
    }

    // MARK: Sockets

    static func socketType(_ type: Int32, nonBlocking: Bool) -> Int32 {
        type | LINUXIO_SOCK_CLOEXEC | (nonBlocking ? LINUXIO_SOCK_NONBLOCK : 0)
    }

    // What a listener accepts inherits TCP_NODELAY from it, so that streams are alike however they were made.
    static func socket(
        _ family: SocketAddress.Family, _ type: Int32, kind: HandleKind, traits: HandleTraits, nonBlocking: Bool
    ) throws(IOError) -> NativeHandle {
        let number = try check(linuxio_socket(family.native, socketType(type, nonBlocking: nonBlocking), 0))
        let handle = NativeHandle(number: number, kind: kind, traits: family.isInternet ? traits : traits.union(.passesHandles))
        if family.isInternet, type == LINUXIO_SOCK_STREAM {
            do throws(IOError) { try setOption(LINUXIO_TCP_NODELAY, of: LINUXIO_IPPROTO_TCP, on: handle) } catch {
                discard(handle)
                throw error
            }
        }
        return handle
    }

    static func setOption(_ name: Int32, of level: Int32, on handle: NativeHandle) throws(IOError) {
        _ = try check(linuxio_set_socket_option(handle.number, level, name, 1))
    }

    static func check(_ result: Int32) throws(IOError) -> Int32 {
        if result < 0 { throw IOError(errno: -result) }
        return result
    }
}
