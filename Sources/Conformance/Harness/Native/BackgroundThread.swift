// A thread beside the backend's own, for wakers and for peers.

import CConformance
import CLinuxIO
import Glibc

/// Runs a closure on a thread of its own; joined once.
public final class BackgroundThread {
    private var thread = pthread_t()
    private var isJoined = false

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts `body` on a thread that ends when it likes; nobody waits for it.
    static func detach(_ body: @escaping @Sendable () -> Void) throws {
        let thread = try BackgroundThread(body)
        thread.isJoined = true
        pthread_detach(thread.thread)
    }

    /// Starts `body`.
    public init(_ body: @escaping @Sendable () -> Void) throws {
        let context = unsafe Unmanaged.passRetained(Body(body))
        let result = unsafe linuxio_thread_start(
            "case", 0,
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
            },
            context.toOpaque(), &thread)
        guard result < 0 else { return }
        unsafe context.release()
        isJoined = true
        throw HarnessProblem("cannot start a thread: \(Native.describe(-result))")
    }

    /// The processor time that it has used up to this instant, in nanoseconds; it has not been joined.
    var processorTime: Int64 { conformance_thread_processor_nanoseconds(thread) }

    /// Waits until the body has returned.
    public func join() {
        if isJoined { return }
        isJoined = true
        _ = linuxio_thread_join(thread)
    }

    deinit { join() }
}
