// What this kernel and this process allow, found by trying.

public import IOSpec
import LinuxSupport

extension Epoll {
    /// The optional parts of the specification that the backend has: all of them.
    public var capabilities: Capabilities { SystemCapabilities.probed }

    /// What was probed for.
    public var features: [KernelFeature] {
        [
            KernelFeature(name: "epoll_pwait2", isPresent: instance.waitsInNanoseconds),
            KernelFeature(name: "RWF_NOSIGNAL", isPresent: PipeWrite.hasNoSignalFlag),
            KernelFeature(name: "openat2", isPresent: BlockingCall.resolvesBeneath),
        ]
    }

    /// How each operation is carried out. A read is first tried from the page cache while submitting. A local connect whose listener has no room goes to a worker, and
    /// so do a datagram to a local name whose receiver has none, and a splice with a file once its pipe is ready.
    public func mechanism(of kind: OperationKind) -> Mechanism {
        if SystemCapabilities.lacks(kind) { return .unsupported }
        return switch kind {
        case .nop, .close, .shutDown, .setOption, .option: .inline
        case .timer: .emulated
        case .open, .read, .write, .readVectored, .writeVectored, .append, .synchronize, .synchronizeData, .status, .truncate: .worker
        case .pathStatus, .readLink, .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory: .worker
        case .allocate, .punchHole, .advise, .setPermissions, .setTimes, .lock, .list: .worker
        case .unlock: .inline
        case .receive, .receiveExactly, .receiveVectored, .receiveMultishot, .send, .sendVectored, .sendZeroCopy, .accept, .acceptMultishot,
            .receiveMessage, .readiness, .readinessMultishot, .processEnd:
            .readiness
        case .connect, .sendMessage, .splice: .readinessOrWorker
        }
    }

    static var denial: String {
        "Allow epoll and eventfd in the sandbox's system call filter (seccomp), or choose another backend."
    }

    /// The kernel forgets the waker when the last reference to it goes, and the instance is gone before that.
    static func makeWaker(registeredWith instance: borrowing EpollInstance) throws(Unavailability) -> EventWaker {
        let waker = try SetUp.waker(denial: denial)
        let result = instance.addPersistently(waker.descriptor, key: wakerKey)
        if result < 0 { throw Unavailability(errno: -result, subject: "epoll_ctl", denial: denial) }
        return waker
    }
}
