// The optional parts of the specification that this system has, whichever interface carries them out.

import CLinuxIO
public import IOSpec

/// What Linux backends claim: found by trying, once a process.
public enum SystemCapabilities {
    /// Without resolution beneath a directory there are no files, and without a family of addresses no streams over it.
    public static let probed: Capabilities = probe()

    /// Whether this system lacks what an operation needs, so that no interface has it.
    public static func lacks(_ kind: OperationKind) -> Bool {
        switch kind {
        case .splice: !probed.contains(.splicing)
        case .processEnd: !probed.contains(.processes)
        default: false
        }
    }

    private static func probe() -> Capabilities {
        var capabilities: Capabilities = [.pipes, .nativeSystem]
        if BlockingCall.resolvesBeneath { capabilities.formUnion([.files, .directFiles, .namedPipes]) }
        if BlockingCall.locks { capabilities.insert(.locks) }
        if has(.internet4) { capabilities.insert(.internetStreams) }
        if has(.local) { capabilities.formUnion([.localStreams, .abstractNames, .passesHandles]) }
        if has(.datagram(.internet4, at: nil)) { capabilities.insert(.internetDatagrams) }
        if has(.datagram(.local, at: nil)), has(.packets(.local)) { capabilities.insert(.localMessages) }
        capabilities.insert(.foreignHandles)
        if hasSplice { capabilities.insert(.splicing) }
        if hasProcesses { capabilities.insert(.processes) }
        return capabilities
    }

    /// A call that exists and is allowed finds out first that there are no such descriptors.
    private static var hasSplice: Bool {
        linuxio_splice(-1, nil, -1, nil, 1, 0) == -EBADF
    }

    /// This process is no child of its own, which only a system that waits for processes by their descriptors knows.
    private static var hasProcesses: Bool {
        let process = linuxio_pidfd_open(getpid())
        if process < 0 { return false }
        defer { _ = linuxio_close(process) }
        return linuxio_child_ending(process, 1) == -ECHILD
    }

    private static func has(_ family: SocketAddress.Family) -> Bool { has(.stream(family)) }

    private static func has(_ resource: Resource) -> Bool {
        guard let handle = try? Acquisition.acquire(resource, nonBlocking: false) else { return false }
        Acquisition.discard(handle)
        return true
    }
}
