// The parts of io_uring that the backend does without where they are missing.

#if URing

import CLiburing
import CLinuxIO
import IOSpec
import LinuxSupport

/// Which parts there are, found by asking and trying.
package struct KernelSupport: BitwiseCopyable {
    /// A part that can be missing without making a difference to anybody.
    package enum Part: CaseIterable, Sendable {
        case truncation, sendingWithoutCopying, suppressingSignals, skippingCompletions, pollingRepeatedly,
            acceptingWithoutWaiting
    }

    /// Whether the ring sets the length of files.
    private(set) var truncates = false
    /// Whether the ring sends without copying.
    private(set) var sendsWithoutCopying = false
    /// Whether the kernel takes buffers of pools by itself.
    private(set) var selectsBuffers = false
    /// Whether a write to a broken pipe can be kept from raising a signal.
    private(set) var suppressesSignals = false
    /// Whether the kernel keeps the completion of a cancellation that succeeded to itself.
    private(set) var skipsCompletions = false
    /// Whether one poll tells any number of changes.
    private(set) var pollsRepeatedly = false
    /// Whether an accept can be asked not to wait.
    private(set) var acceptsWithoutWaiting = false

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
        selectsBuffers = BufferRings.isSupported(by: ring)
        suppressesSignals = PipeWrite.hasNoSignalFlag
        pollsRepeatedly = ring.pollsRepeatedly
        acceptsWithoutWaiting = ring.acceptsWithoutWaiting
    }

    private static func missing(_ subject: String) -> Unavailability {
        Unavailability(.missing, subject: subject, remedy: "Run on Linux 5.6 or later, or choose another backend.")
    }

    /// Does without a part, as on a kernel that lacks it.
    mutating func remove(_ part: Part) {
        switch part {
        case .truncation: truncates = false
        case .sendingWithoutCopying: sendsWithoutCopying = false
        case .suppressingSignals: suppressesSignals = false
        case .skippingCompletions: skipsCompletions = false
        case .pollingRepeatedly: pollsRepeatedly = false
        case .acceptingWithoutWaiting: acceptsWithoutWaiting = false
        }
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
            KernelFeature(name: "IORING_REGISTER_PBUF_RING", isPresent: selectsBuffers),
            KernelFeature(name: "RWF_NOSIGNAL", isPresent: suppressesSignals),
            KernelFeature(name: "IORING_POLL_ADD_MULTI", isPresent: pollsRepeatedly),
            KernelFeature(name: "IORING_ACCEPT_DONTWAIT", isPresent: acceptsWithoutWaiting),
            KernelFeature(name: "IORING_FEAT_CQE_SKIP", isPresent: skipsCompletions),
            KernelFeature(name: "registered files are let go at once", isPresent: RegisteredFileProbe.letsGoAtOnce),
        ]
    }
}

extension Ring {
    /// A file is ready for good, and so told of once even by a poll that would tell more.
    fileprivate var pollsRepeatedly: Bool {
        resultOnFile { .poll($0, .receiving, isMultishot: true) }.map { $0 > 0 } ?? false
    }

    /// A kernel that does not know the flag finds it before it finds that a file is no listener.
    fileprivate var acceptsWithoutWaiting: Bool {
        resultOnFile { file in
            var request = Request(.accept, on: file)
            request.priority = CLIBURING_ACCEPT_DONTWAIT
            return request
        } == -ENOTSOCK
    }

    /// What a request on a file comes to, while nothing else is in flight; nil when it cannot be tried.
    private func resultOnFile(_ request: (Int32) -> Request) -> Int32? {
        let file = unsafe linuxio_memfd_create("iospec-probe", LINUXIO_MFD_CLOEXEC)
        if file < 0 { return nil }
        defer { _ = linuxio_close(file) }
        _ = push(request(file), .operation(0))
        while readyCount == 0 {
            let result = enterAndWaitReporting()
            if result < 0, result != -EINTR { return nil }
        }
        defer { advance(1) }
        return completion(at: 0).result
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
