// Ctrl-C: the run ends its children and cleans up before it ends itself.

import Glibc
import Synchronization

/// Whether a person asked this process to end.
public enum Interruption {
    /// Thrown out of a run that was interrupted; its children have ended.
    public struct Requested: Error {}

    private static let flag = Atomic<Bool>(false)

    /// Whether the run must end.
    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Makes SIGINT and SIGTERM end the current run instead of this process. Called once, before any run.
    public static func install() {
        // The handler may only touch what exists already.
        flag.store(false, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            signal(number) { _ in Interruption.flag.store(true, ordering: .relaxed) }
        }
    }
}
