// The files of a simulated host.

import BackendSimulated
import CLinuxIO
import Glibc
import IOEngine
import IOSpec
import Synchronization

/// What the simulated backend lives in: the first host of the shared world.
struct SimulatedSurroundings: Surroundings {
    private static let count = Atomic<Int>(0)

    func makeScratchDirectory() throws -> any ScratchPlace {
        let path = "/scratch-\(Self.count.wrappingAdd(1, ordering: .relaxed).newValue)"
        try makeDirectory(at: path, permissions: 0o755)
        return SimulatedScratch(path: path)
    }

    func makeDirectory(at path: String, permissions: UInt16) throws {
        try perform(path) { .makeDirectory(beneath: $0, path: $1, permissions: permissions) }
    }

    /// Performs one operation on an absolute path as a program of its own on the host.
    private func perform(_ path: String, _ operation: (Handle, PathReference) -> PathOperation) throws {
        var engine = try IOEngine<Simulated>(on: SimulatedWorld.shared.firstHost)
        let root = try engine.acquire(.directory(name: "/", unconfined: true))
        let memory = CaseBuffer(count: path.utf8.count + 1, filledWith: 0, alignment: 16)
        memory.bytes = Array(path.utf8) + [0]
        _ = try engine.submit(Submission(.path(operation(root, PathReference(memory.region)))))
        while true {
            let reaped = [Completion](capacity: 1) { (span: inout OutputSpan<Completion>) in engine.reap(into: &span, until: .never) }
            for completion in reaped {
                if let error = completion.error { throw HarnessProblem("cannot prepare \(path) on the simulated host: \(error.cause)") }
                return
            }
        }
    }
}

private final class SimulatedScratch: ScratchPlace {
    let path: String

    init(path: String) {
        self.path = path
    }
}

extension BackendFactory {
    /// The simulated backend, on the first host of the shared world. Threads of the suite have a part in that world, so real time does, too.
    public static let simulated: BackendFactory = {
        SimulatedWorld.shared.open(
            to: Outside(
                now: { linuxio_monotonic_nanoseconds() },
                pause: { nanoseconds in
                    var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
                    unsafe nanosleep(&time, nil)
                }))
        return BackendFactory.engine(Simulated.self).surrounded(by: SimulatedSurroundings())
    }()
}
