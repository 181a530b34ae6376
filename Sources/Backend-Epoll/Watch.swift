// Watching readiness itself.

import IOSpec
import LinuxSupport

extension Epoll {
    /// Watches a handle. Watchers have an instance of their own, since any number of them may watch what transfers wait for, too; the backend's tells
    /// when there is something for them.
    mutating func startWatch(_ slot: UInt32, _ asked: Readiness, isMultishot: Bool, on handle: NativeHandle) -> StartOutcome {
        let outcome = watches.start(slot, asked, isMultishot: isMultishot, on: handle)
        guard case .pending = outcome, !tellsWatches else { return outcome }
        let result = instance.addPersistently(watches.descriptor, key: Self.watchesKey)
        tellsWatches = result >= 0
        if tellsWatches { return outcome }
        watches.drop(slot)
        return .finished(IOError.encoded(errno: -result))
    }
}
