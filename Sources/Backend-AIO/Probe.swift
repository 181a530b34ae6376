// What this kernel and this process allow, found by trying.

#if AIO

import CLinuxIO
public import IOSpec
import LinuxSupport

extension AIO {
    /// The optional parts of the specification that the backend has: all of them.
    public var capabilities: Capabilities { SystemCapabilities.probed }

    /// What was probed for.
    public var features: [KernelFeature] {
        [
            KernelFeature(name: "IOCB_CMD_FSYNC", isPresent: synchronizes),
            KernelFeature(name: "completion ring in user space", isPresent: context.readsRing),
            KernelFeature(name: "RWF_NOSIGNAL", isPresent: PipeWrite.hasNoSignalFlag),
            KernelFeature(name: "openat2", isPresent: BlockingCall.resolvesBeneath),
        ]
    }

    /// How each operation is carried out. Transfers are the kernel's on files that were opened with `.direct`, and the workers' on others. A local
    /// connect whose listener has no room goes to a worker, and so do a datagram to a local name whose receiver has none, and a splice with a file once its pipe is
    /// ready. The kernel's own polls tell what is ready and not what becomes so, so that watches that last have an epoll instance, which is polled.
    public func mechanism(of kind: OperationKind) -> Mechanism {
        if SystemCapabilities.lacks(kind) { return .unsupported }
        return switch kind {
        case .readiness: .native
        case .nop, .close, .shutDown, .setOption, .option: .inline
        case .timer: .emulated
        case .synchronize, .synchronizeData: synchronizes ? .native : .worker
        case .open, .read, .write, .readVectored, .writeVectored, .append, .status, .truncate: .worker
        case .pathStatus, .readLink, .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory: .worker
        case .allocate, .punchHole, .advise, .setPermissions, .setTimes, .lock, .list: .worker
        case .unlock: .inline
        case .receive, .receiveExactly, .receiveVectored, .receiveMultishot, .send, .sendVectored, .sendZeroCopy, .accept, .acceptMultishot,
            .receiveMessage, .readinessMultishot, .processEnd:
            .readiness
        case .connect, .sendMessage, .splice: .readinessOrWorker
        }
    }

    static var denial: String {
        "Allow io_setup, io_submit, io_getevents and eventfd in the sandbox's system call filter (seccomp), or choose another backend."
    }
}

extension Context {
    /// Polls the waker for the first time, which tells whether the kernel polls at all.
    ///
    /// - Throws: that it does not, or may not.
    mutating func probePolling(_ descriptor: Int32, slot: UInt32) throws(Unavailability) {
        append(.poll(descriptor, .receiving), slot: slot)
        guard let refused = submit() else { return try checkTaken() }
        if refused.errno == EINVAL {
            throw Unavailability(
                .missing, subject: "IOCB_CMD_POLL", detail: UInt16(EINVAL), remedy: "Run on Linux 4.19 or later, or choose another backend."
            )
        }
        throw Unavailability(errno: refused.errno, subject: "io_submit", denial: AIO.denial)
    }

    /// Synchronises a file in memory, while nothing else is in flight.
    ///
    /// - Throws: that requests, or the wait for them, are denied.
    mutating func probeSynchronizing() throws(Unavailability) -> Bool {
        let file = unsafe linuxio_memfd_create("iospec-probe", LINUXIO_MFD_CLOEXEC)
        if file < 0 { return false }
        defer { _ = linuxio_close(file) }
        append(.synchronize(descriptor: file, dataOnly: false), slot: 0)
        if let refused = submit() {
            if refused.errno == EINVAL { return false }
            throw Unavailability(errno: refused.errno, subject: "io_submit", denial: AIO.denial)
        }
        try checkTaken()
        try awaitProbe()
        return completion(0).result == 0
    }

    /// - Throws: that the kernel has no room for a single request.
    private func checkTaken() throws(Unavailability) {
        if hasQueued { throw Unavailability(errno: EAGAIN, subject: "io_submit", denial: AIO.denial) }
    }

    private func awaitProbe() throws(Unavailability) {
        while true {
            let result = waitReporting()
            if result > 0 { return }
            if result != -EINTR { throw Unavailability(errno: -result, subject: "io_getevents", denial: AIO.denial) }
        }
    }
}

#endif
