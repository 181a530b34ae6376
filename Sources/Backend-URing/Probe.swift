// What this kernel's io_uring can do, found by asking and trying, never by a version number.

#if URing

import CLiburing
import CLinuxIO
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
        case .readinessMultishot: support.pollsRepeatedly ? .native : .unsupported
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

/// The parts of io_uring that the backend does without where they are missing.
struct KernelSupport: BitwiseCopyable {
    /// Whether the ring sets the length of files.
    private(set) var truncates = false
    /// Whether the ring sends without copying.
    private(set) var sendsWithoutCopying = false
    /// Whether the ring reads from a pipe again and again.
    private(set) var readsAgain = false
    /// Whether the kernel takes buffers of pools by itself.
    private(set) var selectsBuffers = false
    /// Whether a write to a broken pipe can be kept from raising a signal.
    private(set) var suppressesSignals = false
    /// Whether the kernel keeps the completion of a cancellation that succeeded to itself.
    private(set) var skipsCompletions = false
    /// Whether one poll tells any number of changes.
    private(set) var pollsRepeatedly = false

    /// Asks and tries.
    ///
    /// - Throws: which operation is missing that the backend cannot do without, or that asking is denied.
    init(probing ring: borrowing Ring) throws(Unavailability) {
        skipsCompletions = ring.features & CLIBURING_FEAT_CQE_SKIP != 0
        var known: Set<Opcode> = []
        let result = ring.probe(&known)
        if result == -EINVAL { throw Self.missing("IORING_REGISTER_PROBE") }
        if result < 0 { throw Ring.unavailability(errno: -result, of: "io_uring_register") }
        for opcode in Opcode.allCases where !opcode.isOptional && !known.contains(opcode) { throw Self.missing(opcode.name) }
        truncates = known.contains(.truncate)
        sendsWithoutCopying = known.contains(.sendZeroCopy)
        readsAgain = known.contains(.readMultishot)
        selectsBuffers = BufferRings.isSupported(by: ring)
        suppressesSignals = PipeWrite.hasNoSignalFlag
        pollsRepeatedly = ring.probeRepeatedPolls()
    }

    private static func missing(_ subject: String) -> Unavailability {
        Unavailability(.missing, subject: subject, remedy: "Run on Linux 5.6 or later, or choose another backend.")
    }

    // MARK: What follows

    /// The flags of a write to a pipe.
    @inline(__always)
    var pipeWriteFlags: Int32 { suppressesSignals ? LINUXIO_RWF_NOSIGNAL : 0 }

    /// Without the flag, a write is left to a kernel thread, which raises no signal.
    @inline(__always)
    var pipeWriteEntryFlags: UInt8 { suppressesSignals ? 0 : CLIBURING_ENTRY_ASYNC }

    @inline(__always)
    var skipEntryFlags: UInt8 { skipsCompletions ? CLIBURING_ENTRY_SKIP_SUCCESS : 0 }

    var kernelFeatures: [KernelFeature] {
        [
            KernelFeature(name: "IORING_OP_FTRUNCATE", isPresent: truncates),
            KernelFeature(name: "IORING_OP_SEND_ZC", isPresent: sendsWithoutCopying),
            KernelFeature(name: "IORING_OP_READ_MULTISHOT", isPresent: readsAgain),
            KernelFeature(name: "IORING_REGISTER_PBUF_RING", isPresent: selectsBuffers),
            KernelFeature(name: "RWF_NOSIGNAL", isPresent: suppressesSignals),
            KernelFeature(name: "IORING_POLL_ADD_MULTI", isPresent: pollsRepeatedly),
            KernelFeature(name: "IORING_FEAT_CQE_SKIP", isPresent: skipsCompletions),
        ]
    }
}

extension Ring {
    /// Polls a file, which is ready for good and so told of once even by a poll that would tell more.
    fileprivate func probeRepeatedPolls() -> Bool {
        let file = unsafe linuxio_memfd_create("iospec-probe", LINUXIO_MFD_CLOEXEC)
        if file < 0 { return false }
        defer { _ = linuxio_close(file) }
        _ = push(.poll(file, .receiving, isMultishot: true), .operation(0))
        while readyCount == 0 {
            let result = enterAndWaitReporting()
            if result < 0, result != -EINTR { return false }
        }
        defer { advance(1) }
        return completion(at: 0).result > 0
    }

    /// What setting the ring up brought.
    var kernelFeatures: [KernelFeature] {
        [
            KernelFeature(name: "IORING_SETUP_SINGLE_ISSUER", isPresent: setupFlags & CLIBURING_SETUP_SINGLE_ISSUER != 0),
            KernelFeature(name: "IORING_SETUP_DEFER_TASKRUN", isPresent: setupFlags & CLIBURING_SETUP_DEFER_TASKRUN != 0),
            KernelFeature(name: "IORING_SETUP_SUBMIT_ALL", isPresent: setupFlags & CLIBURING_SETUP_SUBMIT_ALL != 0),
            KernelFeature(name: "IORING_REGISTER_RING_FDS", isPresent: isRegistered),
            KernelFeature(name: "IORING_FEAT_EXT_ARG", isPresent: features & CLIBURING_FEAT_EXT_ARG != 0),
        ]
    }
}

#endif
