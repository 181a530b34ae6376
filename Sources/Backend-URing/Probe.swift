// What the backend says of itself on this kernel.

#if URing

public import IOSpec
import LinuxSupport

extension URing {
    /// The optional parts of the specification that the backend has: all of them.
    public var capabilities: Capabilities { SystemCapabilities.probed }

    /// What was probed for.
    public var features: [KernelFeature] {
        ring.kernelFeatures + support.kernelFeatures + [KernelFeature(name: "openat2", isPresent: BlockingCall.resolvesBeneath)]
    }

    /// How each operation is carried out. Opening is the workers', so that named pipes that wait for their peers do not take up the kernel's own threads. So
    /// does a splice, which the kernel leaves to those threads: the ring tells when both ends are ready, and then it is a call, made by a worker where a file or a
    /// stream is moved to or a file from. The end of a process is asked for once the ring has told of it.
    /// A datagram to a local name whose receiver has no room goes to a worker, too.
    public func mechanism(of kind: OperationKind) -> Mechanism {
        if SystemCapabilities.lacks(kind) { return .unsupported }
        return switch kind {
        case .timer: .emulated
        case .open, .pathStatus, .readLink, .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory: .worker
        case .setPermissions, .setTimes, .lock, .list: .worker
        case .unlock: .inline
        case .allocate, .punchHole: .native
        // Advice for more bytes than an entry can tell is a worker's.
        case .advise: .nativeOrWorker
        case .truncate: support.truncates ? .native : .worker
        case .shutDown, .setOption, .option: .inline
        case .receiveExactly, .receiveVectored, .sendVectored, .receiveMessage: .native
        case .sendMessage: .nativeOrWorker
        case .readinessMultishot: support.pollsRepeatedly ? .native : .readiness
        case .splice: .readinessOrWorker
        case .processEnd: .readiness
        case .receiveMultishot: support.selectsBuffers ? .native : .unsupported
        case .nop, .close, .read, .write, .readVectored, .writeVectored, .append, .synchronize, .synchronizeData, .status, .receive, .send,
            .accept, .connect, .acceptMultishot, .sendZeroCopy, .readiness:
            .native
        }
    }

    static var denial: String {
        "Set the sysctl kernel.io_uring_disabled to 0, allow the calls of io_uring and eventfd in the sandbox's system call filter (seccomp), or "
            + "choose another backend."
    }
}

#endif
