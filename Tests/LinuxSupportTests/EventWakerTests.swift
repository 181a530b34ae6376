// Waking from other threads, and from workers.

import CLinuxIO
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("The event waker")
struct EventWakerTests {
    private func isReadable(_ waker: EventWaker) -> Bool {
        linuxio_poll(waker.descriptor, 1, 0) != 0
    }

    @Test("tells a user's wake from a worker's signal")
    func kinds() throws {
        let waker = try EventWaker()
        #expect(!isReadable(waker))
        waker.signal()
        #expect(isReadable(waker))
        #expect(!waker.drain())
        #expect(!isReadable(waker))
        waker.wake()
        waker.signal()
        #expect(waker.drain())
        #expect(!waker.drain())
    }

    @Test("counts any number of wakes before the drain as one, and loses none after it")
    func coalescing() throws {
        let waker = try EventWaker()
        for _ in 0..<1000 { waker.wake() }
        #expect(waker.drain())
        #expect(!isReadable(waker))
        waker.wake()
        #expect(isReadable(waker))
        #expect(waker.drain())
    }

    @Test("loses no wake of another thread, whatever the moment")
    func concurrency() throws {
        let waker = try EventWaker()
        let acknowledged = try EventWaker()
        let rounds = 2000
        let other = onThread {
            for _ in 0..<rounds {
                waker.wake()
                guard linuxio_poll(acknowledged.descriptor, 1, 10_000) != 0 else { return }
                _ = acknowledged.drain()
            }
        }
        var wakes = 0
        while wakes < rounds {
            guard linuxio_poll(waker.descriptor, 1, 10_000) != 0 else { break }
            guard waker.drain() else { continue }
            wakes += 1
            acknowledged.wake()
        }
        #expect(wakes == rounds)
        _ = linuxio_thread_join(other)
    }

    @Test("owns a descriptor that is closed on exec")
    func closeOnExec() throws {
        let waker = try EventWaker()
        #expect(linuxio_status_flags(waker.descriptor) & LINUXIO_O_NONBLOCK != 0)
        #expect(isCloseOnExec(waker.descriptor))
    }
}
