// The optional parts of the specification that this system has, whichever interface carries them out.

import CLinuxIO
public import IOSpec

/// What Linux backends claim: found by trying, once a process.
public enum SystemCapabilities {
    /// Without resolution beneath a directory there are no files, and without a family of addresses no streams over it.
    public static let probed: Capabilities = probe()

    private static func probe() -> Capabilities {
        var capabilities: Capabilities = [.pipes, .nativeSystem]
        if BlockingCall.resolvesBeneath { capabilities.formUnion([.files, .directFiles, .namedPipes]) }
        if BlockingCall.locks { capabilities.insert(.locks) }
        if has(.internet4) { capabilities.insert(.internetStreams) }
        if has(.local) { capabilities.formUnion([.localStreams, .abstractNames, .passesHandles]) }
        if has(.datagram(.internet4, at: nil)) { capabilities.insert(.internetDatagrams) }
        if has(.datagram(.local, at: nil)), has(.packets(.local)) { capabilities.insert(.localMessages) }
        return capabilities
    }

    private static func has(_ family: SocketAddress.Family) -> Bool { has(.stream(family)) }

    private static func has(_ resource: Resource) -> Bool {
        guard let handle = try? Acquisition.acquire(resource, nonBlocking: false) else { return false }
        Acquisition.discard(handle)
        return true
    }
}
