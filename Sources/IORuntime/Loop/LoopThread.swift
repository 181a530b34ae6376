// The thread of a loop.

import CLinuxIO
import Glibc
import IOSpec

/// Starts the threads of loops, and waits for their ends.
@safe
final class LoopThread: @unchecked Sendable {
    typealias MakeDriver = @Sendable () throws(Unavailability) -> LoopDriver
    /// Makes who sees the operations of the loop, by its number and how many there may be.
    typealias MakeObserver = @Sendable (Int, Int) -> LoopObserver?

    let loop: EventLoop
    private let makeDriver: MakeDriver
    private let observe: MakeObserver
    private let start: Rendezvous<Unavailability?>
    private var thread: pthread_t = 0
    // Set before the letter is sent that has the thread look at it.
    private var ending: CheckedContinuation<Void, Never>?

    /// Starts a loop on a thread of its own, and waits until it has its backend.
    ///
    /// - Throws: why the backend, or the thread, cannot be had.
    init(number: Int, observedBy observe: @escaping MakeObserver, making makeDriver: @escaping MakeDriver) throws(Unavailability) {
        do throws(IOError) {
            loop = try EventLoop(number: number)
            start = try Rendezvous()
        } catch {
            throw Unavailability(.outOfLimits, subject: "memory for event loop \(number)", detail: error.detail, remedy: "free some memory")
        }
        self.makeDriver = makeDriver
        self.observe = observe
        let context = unsafe Unmanaged.passRetained(self).toOpaque()
        let result = unsafe linuxio_thread_start("io-loop-\(number)", 0, { unsafe LoopThread.main($0) }, context, &thread)
        if result < 0 {
            unsafe Unmanaged<LoopThread>.fromOpaque(context).release()
            throw Unavailability(
                .outOfLimits, subject: "a thread for event loop \(number)", detail: UInt16(-result),
                remedy: "allow the process more threads")
        }
        guard let reason = start.wait() else { return }
        linuxio_thread_join(thread)
        throw reason
    }

    /// Ends the loop without blocking the thread of the task that asks; as ``shutDown()``.
    func end() async {
        await withCheckedContinuation { continuation in
            ending = continuation
            _ = loop.send(.end)
        }
        // It has nothing left to do but to end.
        linuxio_thread_join(thread)
    }

    /// Ends the loop: what is in flight is cancelled, and its tasks go on until nothing is left to do. Returns when the backend is gone.
    func shutDown() {
        _ = loop.send(.end)
        linuxio_thread_join(thread)
    }

    private static func main(_ context: UnsafeMutableRawPointer?) {
        guard let context = unsafe context else { return }
        // Sound: whoever started the thread retained it for it.
        let thread = unsafe Unmanaged<LoopThread>.fromOpaque(context).takeRetainedValue()
        thread.run()
    }

    private func run() {
        do throws(Unavailability) { try serve() } catch { return start.meet(error) }
        // The backend is gone.
        ending?.resume()
    }

    private func serve() throws(Unavailability) {
        let driver = try makeDriver()
        loop.run(driver, observedBy: observe(loop.number, driver.limits.operations)) { start.meet(nil) }
    }
}
