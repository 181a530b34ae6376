// What a history leaves in the process that carries it out.

import Glibc

/// The descriptors and threads before a backend was made, to be compared with those that come.
struct ProcessWatch {
    /// How long threads and rings may take to be gone, in nanoseconds: a history that is seen to leave something is tried again and again.
    private static var patience: Int64 { 300_000_000 }

    private let before: ResourceSnapshot
    private let descriptors: Set<Int32>

    /// Takes stock.
    init(in surroundings: any Surroundings) throws {
        before = try ResourceSnapshot(in: surroundings)
        descriptors = try Set(Native.openDescriptors().keys)
    }

    /// Looks at what is open while the backend lives.
    ///
    /// - Throws: ``CaseFailure`` for a descriptor that a program would inherit.
    func checkInheritance() throws {
        let inherited = try Native.openDescriptors().filter { number, _ in
            !descriptors.contains(number) && fcntl(number, F_GETFD) & FD_CLOEXEC == 0
        }
        guard let first = inherited.min(by: { $0.key < $1.key }) else { return }
        throw CaseFailure("descriptor \(first.key) (\(first.value)) reaches programs that are started", clause: "handle.close-on-exec")
    }

    /// Looks at what is left once the backend is gone.
    ///
    /// - Throws: ``CaseFailure`` for a descriptor or a thread that nobody has any use for.
    func checkLeaks() throws {
        let leaks = try before.leaksOnceStable(patience: Self.patience)
        if leaks.isEmpty { return }
        throw CaseFailure("left behind: \(leaks.joined(separator: ", "))", clause: "shutdown.releases")
    }
}
