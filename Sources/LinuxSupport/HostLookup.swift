// The addresses of a host, as the system's resolver knows them.

import CLinuxIO
import Glibc
package import IOSpec

/// Asks the system's resolver.
package enum HostLookup {
    /// The addresses of a host, in the order in which they are best tried; without `numericOnly` this may wait for servers of names, and blocks the thread meanwhile.
    ///
    /// - Parameters:
    ///   - host: a name, or an address in numbers.
    ///   - numericOnly: whether only an address in numbers is understood, and nobody is asked.
    /// - Throws: `.notFound` when there is no such host, `.unreachable` when nobody could be asked.
    package static func addresses(of host: String, port: UInt16, numericOnly: Bool) throws(IOError) -> [SocketAddress] {
        if host.isEmpty || host.utf8.contains(0) { throw IOError(.invalidArgument) }
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = LINUXIO_SOCK_STREAM
        unsafe hints.ai_flags = AI_NUMERICSERV | (numericOnly ? AI_NUMERICHOST : 0)
        var list: UnsafeMutablePointer<addrinfo>?
        let result = unsafe getaddrinfo(host, String(port), &hints, &list)
        if result != 0 { throw error(result, errno) }
        // Sound: the list is the caller's until it gives it back, which is after its last use.
        defer { unsafe freeaddrinfo(list) }
        let addresses = unsafe collect(list)
        if addresses.isEmpty { throw IOError(.notFound) }
        return addresses
    }

    private static func collect(_ list: UnsafeMutablePointer<addrinfo>?) -> [SocketAddress] {
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            if let native = unsafe entry.pointee.ai_addr,
                let address = unsafe SocketAddress(native: UnsafeRawPointer(native), length: entry.pointee.ai_addrlen)
            {
                addresses.append(address)
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    private static func error(_ result: Int32, _ errno: Int32) -> IOError {
        switch result {
        case EAI_NONAME, noAddress, noAddressOfFamily: IOError(.notFound)
        case EAI_AGAIN, EAI_FAIL: IOError(.unreachable)
        case EAI_MEMORY: IOError(.outOfResources)
        case EAI_SYSTEM: IOError(errno: errno)
        default: IOError(.other)
        }
    }

    // Numbers of the C library, which its header has only for programs that ask for extensions.
    private static var noAddress: Int32 { -5 }
    private static var noAddressOfFamily: Int32 { -9 }
}
