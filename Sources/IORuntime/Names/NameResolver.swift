// How a program finds the addresses of a host.

public import IOSpec
import LinuxSupport

/// Finds the addresses of a host by its name.
public struct NameResolver: Sendable {
    /// The addresses of a host, in the order in which they are best tried.
    public typealias Resolve = @Sendable (_ host: String, _ port: UInt16) async throws(IOFailure) -> [SocketAddress]

    private let resolve: Resolve

    /// Finds addresses in a way of one's own.
    public init(_ resolve: @escaping Resolve) {
        self.resolve = resolve
    }

    /// The system's resolver, as it is set up for the machine. It is asked off the loop; a task that is cancelled does not wait for it.
    public static let system = NameResolver { (host, port) async throws(IOFailure) in try await SystemLookup.addresses(of: host, port) }

    /// The addresses of a host; one that is given in numbers is its own, and nobody is asked.
    ///
    /// - Throws: `.notFound` when there is no such host, `.unreachable` when nobody could be asked, and `.invalidArgument` for what cannot be a host.
    public nonisolated(nonsending) func addresses(of host: String, port: UInt16) async throws(IOFailure) -> [SocketAddress] {
        if let numeric = try? HostLookup.addresses(of: host, port: port, numericOnly: true) { return numeric }
        return try await resolve(host, port)
    }
}
