// Options of sockets, which never wait.

import CLinuxIO
import IOSpec

extension Attempt {
    static func setOption(_ option: SocketOption, _ value: Int32, on handle: NativeHandle) -> AttemptOutcome {
        if !handle.has(option) { return .finished(IOError(.unsupported).encoded) }
        let result =
            option == .resetsOnClose
            ? linuxio_set_resets_on_close(handle.number, value)
            : linuxio_set_socket_option(handle.number, option.native.level, option.native.name, value)
        return .finished(result < 0 ? IOError.encoded(errno: -result) : 0)
    }

    static func option(_ option: SocketOption, on handle: NativeHandle) -> AttemptOutcome {
        if !handle.has(option) { return .finished(IOError(.unsupported).encoded) }
        let result =
            option == .resetsOnClose
            ? linuxio_resets_on_close(handle.number)
            : linuxio_socket_option(handle.number, option.native.level, option.native.name)
        if result < 0 { return .finished(IOError.encoded(errno: -result)) }
        return .finished(option.isSwitch ? min(result, 1) : result)
    }
}

extension NativeHandle {
    /// Whether the option has a meaning here. The kernel would take some without one.
    fileprivate func has(_ option: SocketOption) -> Bool {
        switch option {
        case .receiveBuffer, .sendBuffer: true
        case .noDelay, .keepAlive, .keepAliveIdle, .resetsOnClose: kind == .stream && isInternet
        case .broadcast: kind == .datagram && isInternet
        }
    }

    private var isInternet: Bool {
        let domain = linuxio_socket_option(number, SOL_SOCKET, SO_DOMAIN)
        return domain == AF_INET || domain == AF_INET6
    }
}

extension SocketOption {
    fileprivate var isSwitch: Bool {
        switch self {
        case .noDelay, .keepAlive, .resetsOnClose, .broadcast: true
        case .keepAliveIdle, .receiveBuffer, .sendBuffer: false
        }
    }

    /// The kernel's level and name.
    fileprivate var native: (level: Int32, name: Int32) {
        switch self {
        case .noDelay: (LINUXIO_IPPROTO_TCP, LINUXIO_TCP_NODELAY)
        case .keepAliveIdle: (LINUXIO_IPPROTO_TCP, LINUXIO_TCP_KEEPIDLE)
        case .keepAlive: (SOL_SOCKET, SO_KEEPALIVE)
        case .resetsOnClose: (SOL_SOCKET, SO_LINGER)
        case .receiveBuffer: (SOL_SOCKET, SO_RCVBUF)
        case .sendBuffer: (SOL_SOCKET, SO_SNDBUF)
        case .broadcast: (SOL_SOCKET, SO_BROADCAST)
        }
    }
}
