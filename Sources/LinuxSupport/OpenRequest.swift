// One path to be opened, in the kernel's terms.

import CLinuxIO
import IOSpec

/// The arguments of opening a path, which several system calls share.
struct OpenRequest {
    let directory: Int32
    let path: PathReference
    /// Whether the path must not lead outside the directory.
    let isConfined: Bool
    let options: OpenOptions
    let permissions: UInt16

    /// Finds what the path names without opening it: its type bits and a descriptor that the caller closes; both negative when there is
    /// nothing to find, or no need to look, and the descriptor is -EINTR when it was asked to stop.
    func look(_ isStopped: () -> Bool) -> (type: Int32, descriptor: Int32) {
        // What is made anew or must be a directory cannot be a pipe.
        if !options.isDisjoint(with: [.exclusive, .directory, .temporary]) { return (-1, -1) }
        let flags = LINUXIO_O_PATH | LINUXIO_O_CLOEXEC | (options.contains(.noFollow) ? LINUXIO_O_NOFOLLOW : 0)
        let descriptor = repeatingInterrupted(unless: isStopped) { call(flags: flags, mode: 0) }
        if descriptor < 0 { return (-1, descriptor == -EINTR ? descriptor : -1) }
        return (linuxio_file_type(descriptor), descriptor)
    }

    /// Opens the path; a descriptor, or a negative errno value.
    func open(flags: Int32) -> Int32 {
        // The kernel refuses a mode for what is not made.
        let mode = options.isDisjoint(with: [.creating, .temporary]) ? 0 : UInt32(permissions)
        return call(flags: options.nativeFlags | flags, mode: mode)
    }

    private func call(flags: Int32, mode: UInt32) -> Int32 {
        // Sound: the path is the operation's, which has not ended, and the engine has checked its closing zero.
        if !isConfined { return unsafe linuxio_openat(directory, path.pointer, flags, mode) }
        // The kernel's own links lead outside as well, and are refused as such; a flag against them would be another error.
        var how = linuxio_open_how(flags: UInt64(UInt32(bitPattern: flags)), mode: UInt64(mode), resolve: LINUXIO_RESOLVE_BENEATH)
        return unsafe linuxio_openat2(directory, path.pointer, &how)
    }
}

extension OpenOptions {
    var opensForWriting: Bool { contains(.writing) || contains(.appending) }

    // Opening a named pipe both ways never waits: it is its own peer.
    var opensBothWays: Bool { contains(.reading) && opensForWriting }

    var nativeAccess: Int32 {
        if opensBothWays { return O_RDWR }
        return opensForWriting ? O_WRONLY : O_RDONLY
    }

    var nativeFlags: Int32 {
        var flags = nativeAccess | LINUXIO_O_CLOEXEC | O_NOCTTY
        if contains(.appending) { flags |= O_APPEND }
        if contains(.creating) { flags |= O_CREAT }
        if contains(.exclusive) { flags |= O_EXCL }
        if contains(.truncating) { flags |= O_TRUNC }
        if contains(.direct) { flags |= LINUXIO_O_DIRECT }
        if contains(.directory) { flags |= LINUXIO_O_DIRECTORY }
        if contains(.noFollow) { flags |= LINUXIO_O_NOFOLLOW }
        // Exclusive: nobody can give the file a name later.
        if contains(.temporary) { flags |= LINUXIO_O_TMPFILE | O_EXCL }
        return flags
    }
}
