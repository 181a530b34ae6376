// Opening a path beneath a directory, whatever it names.

import CLinuxIO
public import IOSpec

extension BlockingCall {
    /// Whether the kernel resolves paths beneath a directory (`openat2`), without which only unconfined directories can be used. Found by
    /// trying, once a process.
    public static let resolvesBeneath: Bool = probeBeneath()

    private static func probeBeneath() -> Bool {
        var how = linuxio_open_how(
            flags: UInt64(UInt32(bitPattern: LINUXIO_O_PATH | LINUXIO_O_CLOEXEC)), mode: 0, resolve: LINUXIO_RESOLVE_BENEATH)
        let descriptor = unsafe linuxio_openat2(LINUXIO_AT_FDCWD, ".", &how)
        if descriptor < 0 { return false }
        _ = linuxio_close(descriptor)
        return true
    }

    /// Opens a path beneath a directory, or finds that it names a pipe whose opening waits for a peer.
    ///
    /// First the path is looked up without opening what it names, so that no pipe's peer ever sees an open that is not meant. What is
    /// opened then is looked at again, since another process may have put something else there meanwhile. A socket in the file
    /// system cannot be opened: `.noDevice`.
    static func open(
        _ path: PathReference, beneath directory: NativeHandle, options: OpenOptions, permissions: UInt16, nonBlocking: Bool,
        _ isStopped: () -> Bool
    ) -> BlockingOutcome {
        let confined = !directory.traits.contains(.unconfined)
        let request = OpenRequest(directory: directory.number, path: path, isConfined: confined, options: options, permissions: permissions)
        while true {
            let look = request.look(isStopped)
            if look.descriptor == -EINTR { return .finished(IOError(.cancelled).encoded) }
            if look.type == S_IFIFO, !options.opensBothWays { return .waitsForPeer(descriptor: look.descriptor) }
            if look.descriptor >= 0 { _ = linuxio_close(look.descriptor) }

            // O_NONBLOCK: a pipe that was put there after the look must not block this thread.
            let descriptor = request.open(flags: LINUXIO_O_NONBLOCK)
            if descriptor == -EINTR || descriptor == -EAGAIN {
                if isStopped() { return .finished(IOError(.cancelled).encoded) }
                if descriptor == -EAGAIN { pause() }
                continue
            }
            if descriptor < 0 {
                return .finished(IOError.encoded(errno: -descriptor, openingDirect: options.contains(.direct)))
            }
            if linuxio_file_type(descriptor) == S_IFIFO, !options.opensBothWays {
                _ = linuxio_close(descriptor)
                continue
            }
            return opened(descriptor, options, nonBlocking: nonBlocking, isStopped)
        }
    }

    // A file under a lease refuses to be opened without waiting, and whoever holds the lease was asked for it. The kernel bounds how long that takes; a call that
    // waits would wait as well for a pipe that has the name by then.
    /// Lets two milliseconds go by, or fewer when a signal comes.
    static func pause() { _ = linuxio_poll(-1, 0, 2) }

    /// Opens the named pipe that `descriptor` refers to, waiting for its peer; closes `descriptor`.
    ///
    /// Waits without bound, until a signal interrupts it and `isStopped` says that it was meant.
    public static func openNamedPipe(
        _ descriptor: Int32, options: OpenOptions, nonBlocking: Bool, isStopped: () -> Bool
    ) -> (result: Int32, made: HandleKind) {
        defer { _ = linuxio_close(descriptor) }
        let flags = options.nativeAccess | (options.contains(.direct) ? LINUXIO_O_DIRECT : 0) | LINUXIO_O_CLOEXEC | O_NOCTTY
        while true {
            let result = reopen(descriptor, flags: flags)
            if result == -EINTR, !isStopped() { continue }
            // The link is missing only where /proc is not mounted; the pipe itself is there.
            if result == -ENOENT { return (IOError(.unsupported, detail: UInt16(ENOENT)).encoded, .pipe) }
            if result < 0 {
                return (IOError.encoded(errno: -result, openingDirect: options.contains(.direct)), .pipe)
            }
            if nonBlocking { _ = linuxio_set_nonblocking(result, 1) }
            return (result, .pipe)
        }
    }

    // The kernel's link follows the descriptor, not the name: it is the pipe that was found, wherever it was moved to.
    static func reopen(_ descriptor: Int32, flags: Int32) -> Int32 {
        var name = DescriptorPath(descriptor)
        return unsafe name.withPointer { unsafe linuxio_openat(LINUXIO_AT_FDCWD, $0, flags, 0) }
    }

    private static func opened(_ descriptor: Int32, _ options: OpenOptions, nonBlocking: Bool, _ isStopped: () -> Bool) -> BlockingOutcome {
        let kind = kind(of: descriptor)
        let stays = nonBlocking && kind == .pipe
        if !stays { _ = linuxio_set_nonblocking(descriptor, 0) }
        if kind == .file, options.contains(.direct) {
            return .openedDirect(descriptor: descriptor, alignment: directAlignment(of: descriptor, isStopped))
        }
        return .finished(result: descriptor, made: kind)
    }

    // A kernel or a file system that does not tell leaves the fields zero.
    static func directAlignment(of descriptor: Int32, _ isStopped: () -> Bool = { false }) -> DirectAlignment {
        var native = linuxio_statx()
        let result = repeatingInterrupted(unless: isStopped) {
            unsafe linuxio_statx(descriptor, "", LINUXIO_AT_EMPTY_PATH, LINUXIO_STATX_DIOALIGN, &native)
        }
        if result < 0 { return .none }
        return DirectAlignment(memory: native.stx_dio_mem_align, offset: native.stx_dio_offset_align)
    }

    // A character device with positions (memory, zeros) is a file; one without (a terminal) is a byte stream, like a pipe.
    static func kind(of descriptor: Int32) -> HandleKind {
        switch linuxio_file_type(descriptor) {
        case S_IFDIR: .directory
        case S_IFIFO: .pipe
        case S_IFSOCK: .stream
        case S_IFCHR: linuxio_is_seekable(descriptor) != 0 ? .file : .pipe
        default: .file
        }
    }
}
