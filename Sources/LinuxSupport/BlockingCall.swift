// One operation to its end, with calls that block: what worker threads do.

import CLinuxIO
public import IOSpec

/// Carries operations out with blocking calls; runs on a worker thread, whose signals are blocked.
///
/// Signals matter: a write or truncate beyond RLIMIT_FSIZE raises SIGXFSZ in the thread that makes the call (clause `file.too-large`).
public enum BlockingCall {
    /// Carries out an operation that waits for storage only, or finds out that it waits for a peer.
    ///
    /// `nonBlocking` sets O_NONBLOCK on what an open makes, where that has a meaning. Most storage cannot be interrupted, but some files wait for more than
    /// storage (the kernel's log), and some storage is another program: a call that a signal interrupts ends when `isStopped` says that it was meant.
    public static func run(
        _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none, nonBlocking: Bool,
        isStopped: () -> Bool = { false }
    ) -> BlockingOutcome {
        switch operation {
        case .control(.nop): .finished(0)
        case .path(.open(_, let path, let options, let permissions)):
            open(path, beneath: handle, options: options, permissions: permissions, nonBlocking: nonBlocking, isStopped)
        case .file(let operation): .finished(run(operation, on: handle, isStopped))
        case .path(let operation): .finished(run(operation, beneath: handle, and: other, isStopped))
        case .control, .time, .stream, .message, .watch: .finished(IOError(.unsupported).encoded)
        }
    }

    // MARK: Files

    private static func run(_ operation: FileOperation, on handle: NativeHandle, _ isStopped: () -> Bool) -> Int32 {
        switch operation {
        case .read(_, let region, let offset):
            transfer(on: handle, isStopped) { unsafe linuxio_pread(handle.number, region.pointer, region.count, offset) }
        case .write(_, let region, let offset):
            transfer(on: handle, isStopped) { unsafe linuxio_pwrite(handle.number, region.pointer, region.count, offset) }
        case .readVectored(_, let segments, let offset):
            transfer(on: handle, isStopped) { unsafe linuxio_preadv(handle.number, segments.vectors, Int32(segments.count), offset) }
        case .writeVectored(_, let segments, let offset):
            transfer(on: handle, isStopped) { unsafe linuxio_pwritev(handle.number, segments.vectors, Int32(segments.count), offset) }
        case .append(_, let region):
            // The description has O_APPEND: the kernel finds the end and writes there in one step.
            transfer(on: handle, isStopped) { unsafe linuxio_write(handle.number, region.pointer, region.count) }
        case .synchronize: synchronized(repeatingInterrupted(unless: isStopped) { linuxio_fsync(handle.number) })
        case .synchronizeData: synchronized(repeatingInterrupted(unless: isStopped) { linuxio_fdatasync(handle.number) })
        case .status(_, let region): status(of: handle, into: region, isStopped)
        case .truncate(_, let length): encoded(repeatingInterrupted(unless: isStopped) { linuxio_ftruncate(handle.number, length) })
        case .allocate(_, let offset, let count, let keepsSize):
            space(handle, keepsSize ? LINUXIO_FALLOC_FL_KEEP_SIZE : 0, offset, count, isStopped)
        case .punchHole(_, let offset, let count):
            space(handle, LINUXIO_FALLOC_FL_PUNCH_HOLE | LINUXIO_FALLOC_FL_KEEP_SIZE, offset, count, isStopped)
        case .advise(_, let offset, let count, let advice):
            encoded(repeatingInterrupted(unless: isStopped) { linuxio_fadvise(handle.number, offset, count, advice.native) })
        case .setPermissions(_, let permissions):
            encoded(repeatingInterrupted(unless: isStopped) { linuxio_fchmod(handle.number, mode_t(permissions)) })
        case .setTimes(_, let access, let modification): setTimes(of: handle, access, modification, isStopped)
        case .lock(_, let mode): lock(handle, mode, isStopped)
        case .unlock: unlock(handle)
        case .list(_, let region, let cursor): list(handle, into: region, after: cursor, isStopped)
        }
    }

    // The calls are sound: the memory is the operation's, which has not ended.
    private static func transfer(on handle: NativeHandle, _ isStopped: () -> Bool, _ call: () -> Int) -> Int32 {
        let result = repeatingInterrupted(unless: isStopped, call)
        return result < 0 ? IOError.encoded(errno: Int32(-result), transferOn: handle) : Int32(result)
    }

    // A large allocation is undone when it is interrupted, and begins again.
    private static func space(_ handle: NativeHandle, _ mode: Int32, _ offset: Int64, _ count: Int64, _ isStopped: () -> Bool) -> Int32 {
        let result = repeatingInterrupted(unless: isStopped) { linuxio_fallocate(handle.number, mode, offset, count) }
        return result < 0 ? IOError.encoded(errnoOfSpace: -result) : result
    }

    // A device without storage behind it has no way to synchronize, and says that the argument is invalid.
    private static func synchronized(_ result: Int32) -> Int32 {
        result == -EINVAL ? IOError(.unsupported, detail: UInt16(EINVAL)).encoded : encoded(result)
    }

    static func encoded(_ result: Int32) -> Int32 {
        result < 0 ? IOError.encoded(errno: -result) : result
    }

    /// Fills the region with the status of any handle; waits only for storage, and not at all for a stream or pipe.
    public static func status(of handle: NativeHandle, into region: MemoryRegion, _ isStopped: () -> Bool = { false }) -> Int32 {
        var native = linuxio_statx()
        let result = repeatingInterrupted(unless: isStopped) {
            unsafe linuxio_statx(handle.number, "", LINUXIO_AT_EMPTY_PATH, FileStatus.nativeMask, &native)
        }
        if result == -ENOSYS { return basicStatus(of: handle, into: region) }
        if result < 0 { return IOError.encoded(errno: -result) }
        // Sound: the engine has checked that the region has the size of a status; the operation has not ended.
        unsafe region.store(FileStatus(native))
        return 0
    }

    private static func basicStatus(of handle: NativeHandle, into region: MemoryRegion) -> Int32 {
        var native = stat()
        let result = unsafe linuxio_fstat(handle.number, &native)
        if result < 0 { return IOError.encoded(errno: -result) }
        // Sound: as above.
        unsafe region.store(FileStatus(native))
        return 0
    }
}
