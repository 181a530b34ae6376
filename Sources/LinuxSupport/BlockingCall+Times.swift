// Setting the times of a file.

import CLinuxIO
import IOSpec

extension BlockingCall {
    static func setTimes(of handle: NativeHandle, _ access: FileTime, _ modification: FileTime, _ isStopped: () -> Bool) -> Int32 {
        let access = access.native
        let modification = modification.native
        return encoded(
            repeatingInterrupted(unless: isStopped) {
                linuxio_set_times(
                    handle.number, access.seconds, access.nanoseconds, modification.seconds, modification.nanoseconds)
            })
    }
}

extension FileTime {
    /// The time as the kernel takes it: nanoseconds are never negative, so that times before 1970 round their seconds down.
    fileprivate var native: (seconds: Int64, nanoseconds: Int) {
        switch self {
        case .unchanged: return (0, LINUXIO_UTIME_OMIT)
        case .now: return (0, LINUXIO_UTIME_NOW)
        case .at(let nanoseconds):
            let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
            return rest < 0 ? (seconds - 1, Int(rest + 1_000_000_000)) : (seconds, Int(rest))
        }
    }
}
