// A simulated world that real threads have a part in.

import BackendSimulated
import Glibc
import IOSpec
import LinuxSupport

extension SimulatedWorld {
    /// A world in which time goes no faster than real time while somebody outside may have a part in it.
    static func forThreads(seed: UInt64) -> SimulatedWorld {
        let world = SimulatedWorld(seed: seed)
        world.open(
            to: Outside(
                now: { MonotonicClock.now.nanoseconds },
                pause: { nanoseconds in
                    var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
                    unsafe nanosleep(&time, nil)
                }))
        return world
    }
}
