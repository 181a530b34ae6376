// Looking up a path beneath a directory, which every path operation but opening begins with.

import CLinuxIO
import IOSpec

/// What is looked up is held as a descriptor that can neither read nor write (`O_PATH`), and that the caller closes.
enum BeneathPath {
    /// Finds what `path` names.
    ///
    /// - Throws: the first mistake in the path; `.outsideDirectory` when it leads out of a directory that confines it; `.cancelled` when it was interrupted and
    ///   `isStopped` says that it was meant.
    @unsafe
    static func find(_ path: UnsafePointer<CChar>, beneath directory: NativeHandle, flags: Int32, _ isStopped: () -> Bool) throws(IOError)
        -> Int32
    {
        let flags = LINUXIO_O_PATH | LINUXIO_O_CLOEXEC | flags
        while true {
            let result = unsafe open(path, beneath: directory, flags: flags)
            if result >= 0 { return result }
            // Again: names along the way were moved meanwhile, so that the kernel could not tell whether `..` leads outside.
            if result == -EINTR || result == -EAGAIN {
                if isStopped() { throw IOError(.cancelled) }
                continue
            }
            throw IOError(result == -EXDEV ? .outsideDirectory : IOError(errno: -result).cause, detail: UInt16(-result))
        }
    }

    @unsafe
    private static func open(_ path: UnsafePointer<CChar>, beneath directory: NativeHandle, flags: Int32) -> Int32 {
        if directory.traits.contains(.unconfined) { return unsafe linuxio_openat(directory.number, path, flags, 0) }
        var how = linuxio_open_how(flags: UInt64(UInt32(bitPattern: flags)), mode: 0, resolve: LINUXIO_RESOLVE_BENEATH)
        return unsafe linuxio_openat2(directory.number, path, &how)
    }
}
