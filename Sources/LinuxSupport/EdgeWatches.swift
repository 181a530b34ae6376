// Watching descriptors for kernel interfaces that cannot say when something becomes ready again.

import CLinuxIO
public import IOSpec

/// Watchers of descriptors' readiness, any number for each, on an epoll instance of their own that tells changes: readable itself while there are some.
///
/// The kernel tells what is ready while a descriptor is registered, and every change afterwards, so nothing is missed. A registration lasts until
/// ``forget(_:)``. The instance is made for the first watcher.
@safe
public struct EdgeWatches: ~Copyable {
    /// The changes that are taken at once at most; the rest is told by the next ``collect()``.
    private static var batch: Int { 64 }

    /// What becomes readable when there are changes, or -1 before the first watcher.
    public private(set) var descriptor: Int32 = -1
    private var registrations: ReadinessTable
    private var watchers: WatcherTable
    private let changes: UnsafeMutablePointer<epoll_event>

    /// No watchers, for slots in `0 ..< operations`.
    public init(operations: Int) {
        registrations = ReadinessTable(operations: 0)
        watchers = WatcherTable(operations: operations)
        unsafe changes = .allocate(capacity: Self.batch)
    }

    deinit {
        if descriptor >= 0 { _ = linuxio_close(descriptor) }
        unsafe changes.deallocate()
    }

    // MARK: Watching

    /// Watches a handle for `slot`: over at once when it is ready, unless the watcher is multishot.
    public mutating func start(_ slot: UInt32, _ asked: Readiness, isMultishot: Bool, on handle: NativeHandle) -> StartOutcome {
        let present = Readiness.present(of: handle.number, asked: asked)
        if !isMultishot, !present.isEmpty { return .finished(present.result) }
        let isRegistered = registrations.isRegistered(handle.number)
        switch isRegistered ? 0 : register(handle.number) {
        case 0:
            watchers.insert(slot, handle.number, asked: asked, isMultishot: isMultishot)
            // A registration that is made now tells by itself what is ready.
            if isRegistered, !present.isEmpty { watchers.tell(slot, present) }
            return .pending
        case -EPERM:
            let told = Readiness.resultOfAlways(asked: asked)
            if told < 0 || !isMultishot { return .finished(told) }
            watchers.insert(slot, handle.number, asked: asked, isMultishot: true)
            watchers.tell(slot, Readiness.always(asked: asked))
            return .pending
        // Here no space means the limit of registrations (fs.epoll.max_user_watches).
        case -ENOSPC: return .finished(IOError(.outOfResources, detail: UInt16(ENOSPC)).encoded)
        case let result: return .finished(IOError.encoded(errno: -result))
        }
    }

    /// Ends a watcher early, and gives the result of its last event; nil when the slot has no watcher, or one whose last event is on its way: behind what a multishot
    /// one has still to be told, which includes what was ready when it began.
    public mutating func stop(_ slot: UInt32) -> Int32? {
        guard let watcher = watchers.watcher(in: slot), !watcher.isOver else { return nil }
        let looks = !watcher.isMultishot || !watcher.hasHadNews
        let present = looks ? Readiness.present(of: watcher.descriptor, asked: watcher.asked) : []
        if watcher.isMultishot {
            if !present.isEmpty { watchers.tell(slot, present) }
            return watchers.endAfterNews(slot) ? nil : IOError(.cancelled).encoded
        }
        watchers.remove(slot)
        return present.isEmpty ? IOError(.cancelled).encoded : present.result
    }

    /// Takes a watcher out at once, which is told nothing any more.
    public mutating func drop(_ slot: UInt32) {
        watchers.remove(slot)
    }

    /// Ends a descriptor's registration; always before it is closed, since what it refers to may live on.
    public mutating func forget(_ target: Int32) {
        guard registrations.isRegistered(target) else { return }
        _ = linuxio_epoll_ctl(descriptor, LINUXIO_EPOLL_CTL_DEL, target, nil)
        registrations.unregister(target)
    }

    // MARK: Telling

    /// Whether ``deliver(into:)`` has something.
    public var hasNews: Bool { watchers.hasNews }

    /// Takes the changes that there are, without waiting.
    public mutating func collect() {
        if descriptor < 0 { return }
        let count = unsafe linuxio_epoll_wait(descriptor, changes, Int32(Self.batch), 0)
        for index in 0..<Int(max(0, count)) {
            // Sound: the kernel has filled as many.
            let change = unsafe changes[index]
            guard let target = unsafe registrations.descriptor(of: change.data.u64) else { continue }
            unsafe watchers.tell(target, pollEvents: change.events)
        }
    }

    /// Appends the events of watchers that have something to be told, as many as fit.
    public mutating func deliver(into events: inout OutputSpan<KernelEvent>) {
        watchers.deliver(into: &events)
    }

    // MARK: Registrations

    /// 0, or a negative errno value.
    private mutating func register(_ target: Int32) -> Int32 {
        if descriptor < 0 {
            let made = linuxio_epoll_create1(LINUXIO_EPOLL_CLOEXEC)
            if made < 0 { return made }
            descriptor = made
        }
        let interest = LINUXIO_EPOLLIN | LINUXIO_EPOLLOUT | LINUXIO_EPOLLRDHUP | LINUXIO_EPOLLET
        let result = linuxio_epoll_set(descriptor, LINUXIO_EPOLL_CTL_ADD, target, interest, registrations.register(target))
        if result < 0 { registrations.unregister(target) }
        return result
    }
}
