// Readiness in the terms of the kernel, whose poll, epoll and rings all use the same bits.

import CLinuxIO
public import IOSpec

extension Readiness {
    /// The bits to ask the kernel for. Failures and hang-ups are told in any case.
    public var pollEvents: UInt32 {
        var events: UInt32 = 0
        if contains(.receiving) { events |= LINUXIO_EPOLLIN }
        if contains(.sending) { events |= LINUXIO_EPOLLOUT }
        if contains(.peerFinished) { events |= LINUXIO_EPOLLRDHUP }
        return events
    }

    /// What the kernel's bits tell whoever asked for `asked`.
    public init(pollEvents events: UInt32, asked: Readiness) {
        var readiness: Readiness = []
        if events & LINUXIO_EPOLLIN != 0 { readiness.insert(.receiving) }
        if events & LINUXIO_EPOLLOUT != 0 { readiness.insert(.sending) }
        if events & LINUXIO_EPOLLRDHUP != 0 { readiness.insert(.peerFinished) }
        if events & LINUXIO_EPOLLERR != 0 { readiness.insert(.failed) }
        if events & LINUXIO_EPOLLHUP != 0 { readiness.insert(.hangUp) }
        self = readiness.intersection(asked.union([.failed, .hangUp]))
    }

    /// What a descriptor is ready for now, of what was asked for and of what is told unasked.
    public static func present(of descriptor: Int32, asked: Readiness) -> Readiness {
        let events = repeatingInterrupted { linuxio_poll(descriptor, Int16(asked.pollEvents), 0) }
        return events < 0 ? [] : Readiness(pollEvents: UInt32(events), asked: asked)
    }

    /// What is told of something that the kernel does not watch, because it never makes anybody wait: a file, a directory, some devices.
    public static func always(asked: Readiness) -> Readiness {
        asked.intersection([.receiving, .sending])
    }

    /// The result of waiting for such a thing: waiting for what it can never be told as would have no end.
    public static func resultOfAlways(asked: Readiness) -> Int32 {
        let told = always(asked: asked)
        return told.isEmpty ? IOError(.unsupported, detail: UInt16(EPERM)).encoded : told.result
    }

    /// Whether a descriptor refers to such a thing.
    public static func isAlwaysTold(of descriptor: Int32) -> Bool {
        let epoll = linuxio_epoll_create1(LINUXIO_EPOLL_CLOEXEC)
        if epoll < 0 { return [mode_t(S_IFREG), mode_t(S_IFDIR)].contains(mode_t(linuxio_file_type(descriptor))) }
        defer { _ = linuxio_close(epoll) }
        return linuxio_epoll_set(epoll, LINUXIO_EPOLL_CTL_ADD, descriptor, LINUXIO_EPOLLIN, 0) == -EPERM
    }

    /// The result of a completion.
    public var result: Int32 { Int32(rawValue) }
}
