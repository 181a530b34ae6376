// What the tests of the Linux support share: memory, directories and a pool with its owner's part.

import CLinuxIO
import Glibc
import IOSpec

@testable import LinuxSupport

/// Memory that a test lends to operations.
@safe
final class Memory {
    let bytes: UnsafeMutableRawBufferPointer

    init(_ count: Int, filledWith byte: UInt8 = 0) {
        unsafe bytes = .allocate(byteCount: count, alignment: 4096)
        unsafe bytes.initializeMemory(as: UInt8.self, repeating: byte)
    }

    convenience init(path: String) {
        self.init(path.utf8.count + 1)
        unsafe bytes.copyBytes(from: path.utf8)
    }

    convenience init(address: SocketAddress) {
        self.init(MemoryLayout<SocketAddress>.size)
        unsafe bytes.storeBytes(of: address, as: SocketAddress.self)
    }

    deinit {
        unsafe bytes.deallocate()
    }

    var region: MemoryRegion { unsafe MemoryRegion(bytes) }
    var path: PathReference { PathReference(region) }

    func region(_ range: Range<Int>) -> MemoryRegion {
        unsafe MemoryRegion(UnsafeMutableRawBufferPointer(rebasing: bytes[range]))
    }
}

/// A directory that is removed with all that lies in it, one level deep.
final class TemporaryDirectory {
    let name: String
    let handle: NativeHandle

    init(unconfined: Bool = false) throws {
        let template = Memory(path: "/tmp/linux-support-XXXXXX")
        name = unsafe String(cString: mkdtemp(template.bytes.assumingMemoryBound(to: CChar.self).baseAddress!))
        handle = try Acquisition.acquire(.directory(name: name, unconfined: unconfined), nonBlocking: true)
    }

    deinit {
        Acquisition.discard(handle)
        if let directory = unsafe opendir(name) {
            while let entry = unsafe readdir(directory) {
                let path = unsafe withUnsafePointer(to: entry.pointee.d_name) {
                    unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                }
                unsafe unlink("\(name)/\(path)")
            }
            unsafe closedir(directory)
        }
        unsafe rmdir(name)
    }

    func makeNamedPipe(_ path: String) {
        unsafe mkfifo("\(name)/\(path)", 0o600)
    }

    func contains(_ path: String) -> Bool {
        unsafe access("\(name)/\(path)", F_OK) == 0
    }

    /// Opens a path as a worker does.
    func open(_ path: String, _ options: OpenOptions, nonBlocking: Bool = true) -> BlockingOutcome {
        let memory = Memory(path: path)
        let operation = Operation.path(.open(beneath: .invalid, path: memory.path, options: options, permissions: 0o600))
        return withExtendedLifetime(memory) { BlockingCall.run(operation, on: handle, nonBlocking: nonBlocking) }
    }
}

extension BlockingOutcome {
    /// The error of a call that is over.
    var error: IOError? {
        if case .finished(let result, _) = self { IOError(encoded: result) } else { nil }
    }
}

/// A worker pool and what its owner does: waiting for the waker, and repeating interruptions.
struct PoolOwner: ~Copyable {
    let waker: EventWaker
    var pool: WorkerPool

    init(operations: Int = 512, workers: Int = 2) throws(IOError) {
        let configuration = BackendConfiguration(operations: operations, workers: workers)
        let waker = try EventWaker()
        let pool = try WorkerPool(configuration: configuration, nonBlocking: true, waker: waker)
        self.waker = waker
        self.pool = pool
    }

    /// The next events, at least `count` unless ten seconds pass without any.
    mutating func events(_ count: Int) -> [KernelEvent] {
        var events: [KernelEvent] = []
        while events.count < count {
            events += reap()
            if events.count >= count { break }
            let isInterrupting = pool.interruptAgain()
            let ready = linuxio_poll(waker.descriptor, 1, isInterrupting ? 1 : 10_000)
            if ready == 0, !isInterrupting { break }
            _ = waker.drain()
        }
        return events
    }

    private mutating func reap() -> [KernelEvent] {
        var storage = [KernelEvent](repeating: KernelEvent(slot: 0, result: 0), count: 64)
        let count = unsafe storage.withUnsafeMutableBufferPointer { buffer in
            var span = unsafe OutputSpan(buffer: buffer, initializedCount: 0)
            pool.reap(into: &span)
            return unsafe span.finalize(for: buffer)
        }
        return Array(storage[..<count])
    }
}

/// Whether `condition` became true within ten seconds.
func becomesTrue(_ condition: () -> Bool) -> Bool {
    let deadline = MonotonicClock.now.advanced(by: .seconds(10))
    while MonotonicClock.now < deadline {
        if condition() { return true }
        sched_yield()
    }
    return condition()
}

/// Whether a descriptor is closed when another program is started.
func isCloseOnExec(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) == FD_CLOEXEC
}

/// Runs `body` on a thread of its own, which may block; the tests' own threads are few, and shared.
func onThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
    let result = unsafe linuxio_thread_start(
        "test", 0, { unsafe Unmanaged<Body>.fromOpaque($0!).takeRetainedValue().run() }, context, &thread)
    precondition(result == 0, "No thread")
    return thread
}
