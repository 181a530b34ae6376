// Socket addresses between the specification's form and the kernel's.

import CLinuxIO
public import IOSpec

extension SocketAddress {
    /// The bytes that any native address fits into.
    public static var nativeCapacity: Int { MemoryLayout<sockaddr_storage>.size }

    /// The kernel's number of the address family.
    public var nativeFamily: Int32 { family.native }

    /// Writes the kernel's form and returns its length.
    ///
    /// - Precondition: `storage` has ``nativeCapacity`` bytes or more, aligned to 8.
    @unsafe
    public func write(to storage: UnsafeMutableRawPointer) -> UInt32 {
        switch family {
        case .internet4: unsafe writeInternet4(to: storage)
        case .internet6: unsafe writeInternet6(to: storage)
        case .local: unsafe writeName(to: storage, skipping: 0)
        case .localAbstract: unsafe writeName(to: storage, skipping: 1)
        }
    }

    /// Reads the kernel's form of `length` bytes, or nil when it is of no family of the specification or has no name.
    @unsafe
    public init?(native storage: UnsafeRawPointer, length: UInt32) {
        guard length >= MemoryLayout<sa_family_t>.size else { return nil }
        switch Int32(unsafe storage.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET: unsafe self.init(internet4: storage.loadUnaligned(as: sockaddr_in.self))
        case AF_INET6: unsafe self.init(internet6: storage.loadUnaligned(as: sockaddr_in6.self))
        case AF_UNIX: unsafe self.init(name: storage, length: Int(length))
        default: return nil
        }
    }

    /// Passes the kernel's form to `body`, for the length of that call.
    public func withNative<Result>(_ body: (UnsafeRawPointer, UInt32) -> Result) -> Result {
        var storage = sockaddr_storage()
        return unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            // Sound: `bytes` is a whole `sockaddr_storage`, whose address is never nil.
            let base = unsafe bytes.baseAddress.unsafelyUnwrapped
            let length = unsafe write(to: base)
            return unsafe body(base, length)
        }
    }

    // MARK: Internet

    private func writeInternet4(to storage: UnsafeMutableRawPointer) -> UInt32 {
        var native = sockaddr_in()
        native.sin_family = sa_family_t(AF_INET)
        native.sin_port = port.bigEndian
        unsafe withUnsafeMutableBytes(of: &native.sin_addr) { for index in 0..<4 { unsafe $0[index] = bytes[index] } }
        unsafe storage.storeBytes(of: native, as: sockaddr_in.self)
        return UInt32(MemoryLayout<sockaddr_in>.size)
    }

    private func writeInternet6(to storage: UnsafeMutableRawPointer) -> UInt32 {
        var native = sockaddr_in6()
        native.sin6_family = sa_family_t(AF_INET6)
        native.sin6_port = port.bigEndian
        native.sin6_scope_id = scope
        unsafe withUnsafeMutableBytes(of: &native.sin6_addr) { for index in 0..<16 { unsafe $0[index] = bytes[index] } }
        unsafe storage.storeBytes(of: native, as: sockaddr_in6.self)
        return UInt32(MemoryLayout<sockaddr_in6>.size)
    }

    private init(internet4 native: sockaddr_in) {
        let address = native.sin_addr
        self = unsafe withUnsafeBytes(of: address) {
            unsafe .internet4($0[0], $0[1], $0[2], $0[3], port: UInt16(bigEndian: native.sin_port))
        }
    }

    private init(internet6 native: sockaddr_in6) {
        let address = native.sin6_addr
        self = unsafe withUnsafeBytes(of: address) { bytes in
            let octets = InlineArray<16, UInt8> { unsafe bytes[$0] }
            return .internet6(octets, port: UInt16(bigEndian: native.sin6_port), scope: native.sin6_scope_id)
        }
    }

    // MARK: Local names

    private static var nameOffset: Int { MemoryLayout<sa_family_t>.size }

    // An abstract name begins after a zero byte and is as long as the length says; a name in the file system ends with a zero byte.
    private func writeName(to storage: UnsafeMutableRawPointer, skipping skipped: Int) -> UInt32 {
        unsafe storage.storeBytes(of: sa_family_t(AF_UNIX), as: sa_family_t.self)
        let name = unsafe storage + Self.nameOffset
        if skipped > 0 { unsafe name.storeBytes(of: 0, as: UInt8.self) }
        for index in 0..<Int(count) { unsafe name.storeBytes(of: bytes[index], toByteOffset: skipped + index, as: UInt8.self) }
        let end = skipped + Int(count)
        if family == .localAbstract { return UInt32(Self.nameOffset + end) }
        unsafe name.storeBytes(of: 0, toByteOffset: end, as: UInt8.self)
        return UInt32(Self.nameOffset + end + 1)
    }

    private init?(name storage: UnsafeRawPointer, length: Int) {
        let count = length - Self.nameOffset
        guard count > 0 else { return nil }
        let name = unsafe UnsafeRawBufferPointer(start: storage + Self.nameOffset, count: count)
        let isAbstract = unsafe name[0] == 0
        let parsed: SocketAddress? =
            if isAbstract { unsafe .localAbstract(name.dropFirst()) } else { unsafe .local(name.prefix { $0 != 0 }) }
        guard let parsed else { return nil }
        self = parsed
    }
}

extension SocketAddress.Family {
    /// The kernel's number of the family.
    public var native: Int32 {
        switch self {
        case .internet4: AF_INET
        case .internet6: AF_INET6
        case .local, .localAbstract: AF_UNIX
        }
    }

    /// Whether the family is served by the internet's stream protocol.
    public var isInternet: Bool { self == .internet4 || self == .internet6 }
}
