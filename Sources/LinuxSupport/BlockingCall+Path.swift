// What is done with names beneath a directory: a worker's part on every backend.
//
// A ring could make, rename and remove names, too, but it leaves each such call to one of the kernel's few threads, takes no directory that was
// opened in the same chain, and never resolves beneath: it would cost more turns, and no thread less.

import CLinuxIO
import IOSpec

extension BlockingCall {
    /// Carries out a path operation that opens nothing, to its end; `other` is the second directory of those that have one.
    static func run(_ operation: PathOperation, beneath directory: NativeHandle, and other: NativeHandle, _ isStopped: () -> Bool) -> Int32
    {
        do throws(IOError) { return try carryOut(operation, beneath: directory, and: other, isStopped) } catch { return error.encoded }
    }

    private static func carryOut(
        _ operation: PathOperation, beneath directory: NativeHandle, and other: NativeHandle, _ isStopped: () -> Bool
    ) throws(IOError) -> Int32 {
        switch operation {
        case .open: preconditionFailure("Opening may wait for a peer, and has a function of its own")
        case .status(_, let path, let region, let followsLink):
            try status(of: path, beneath: directory, into: region, followsLink: followsLink, isStopped)
        case .readLink(_, let path, let region): try readLink(path, beneath: directory, into: region, isStopped)
        case .symbolicLink(_, let path, let target): try makeSymbolicLink(path, beneath: directory, target, isStopped)
        case .hardLink(_, let path, _, let toPath): try link(path, beneath: directory, toPath, beneath: other, isStopped)
        case .rename(_, let path, _, let toPath, let mode): try rename(path, beneath: directory, toPath, beneath: other, mode, isStopped)
        case .unlink(_, let path): try unlink(path, beneath: directory, flags: 0, isStopped)
        case .removeDirectory(_, let path): try unlink(path, beneath: directory, flags: LINUXIO_AT_REMOVEDIR, isStopped)
        case .makeDirectory(_, let path, let permissions): try makeDirectory(path, beneath: directory, permissions, isStopped)
        }
    }

    // MARK: Looking

    private static func status(
        of path: PathReference, beneath directory: NativeHandle, into region: MemoryRegion, followsLink: Bool, _ isStopped: () -> Bool
    ) throws(IOError) -> Int32 {
        let found = try unsafe BeneathPath.find(path.pointer, beneath: directory, flags: followsLink ? 0 : LINUXIO_O_NOFOLLOW, isStopped)
        defer { _ = linuxio_close(found) }
        return status(of: NativeHandle(number: found, kind: .file, traits: []), into: region, isStopped)
    }

    // The kernel cuts a target that does not fit and says nothing of it, so it is read into memory that any target fits into.
    private static func readLink(_ path: PathReference, beneath directory: NativeHandle, into region: MemoryRegion, _ isStopped: () -> Bool)
        throws(IOError) -> Int32
    {
        let found = try unsafe BeneathPath.find(path.pointer, beneath: directory, flags: LINUXIO_O_NOFOLLOW, isStopped)
        defer { _ = linuxio_close(found) }
        var target = InlineArray<4096, CChar>(repeating: 0)
        var span = target.mutableSpan
        return unsafe span.withUnsafeMutableBufferPointer { buffer in
            let start = unsafe buffer.baseAddress.unsafelyUnwrapped
            let count = repeatingInterrupted(unless: isStopped) { unsafe linuxio_readlinkat(found, "", start, buffer.count) }
            // Of what was found already, not found means that it is no link.
            if count < 0 { return IOError.encoded(errno: count == -Int(ENOENT) ? EINVAL : Int32(-count)) }
            if count > region.count { return IOError(.invalidArgument).encoded }
            // Sound: the region is the operation's, which has not ended, and is long enough.
            unsafe region.pointer.copyMemory(from: start, byteCount: count)
            return Int32(count)
        }
    }

    // MARK: Changing

    private static func makeSymbolicLink(
        _ path: PathReference, beneath directory: NativeHandle, _ target: PathReference, _ isStopped: () -> Bool
    ) throws(IOError) -> Int32 {
        let place = try LastComponent.resolve(path, beneath: directory, isStopped)
        return encoded(repeatingInterrupted(unless: isStopped) { unsafe linuxio_symlinkat(target.pointer, place.directory, place.name) })
    }

    private static func link(
        _ path: PathReference, beneath directory: NativeHandle, _ toPath: PathReference, beneath other: NativeHandle,
        _ isStopped: () -> Bool
    ) throws(IOError) -> Int32 {
        let source = try LastComponent.resolve(path, beneath: directory, isStopped)
        // The kernel follows a link with a slash behind it. What is found there is a directory, and those have no further names.
        if source.mustBeDirectory {
            _ = linuxio_close(try unsafe BeneathPath.find(path.pointer, beneath: directory, flags: LINUXIO_O_DIRECTORY, isStopped))
            return IOError.encoded(errno: EPERM)
        }
        let target = try LastComponent.resolve(toPath, beneath: other, isStopped)
        return encoded(
            repeatingInterrupted(unless: isStopped) {
                unsafe linuxio_linkat(source.directory, source.name, target.directory, target.name, 0)
            })
    }

    private static func rename(
        _ path: PathReference, beneath directory: NativeHandle, _ toPath: PathReference, beneath other: NativeHandle, _ mode: RenameMode,
        _ isStopped: () -> Bool
    ) throws(IOError) -> Int32 {
        let source = try LastComponent.resolve(path, beneath: directory, isStopped)
        let target = try LastComponent.resolve(toPath, beneath: other, isStopped)
        return encoded(
            repeatingInterrupted(unless: isStopped) {
                unsafe linuxio_renameat2(source.directory, source.name, target.directory, target.name, mode.native)
            })
    }

    private static func unlink(_ path: PathReference, beneath directory: NativeHandle, flags: Int32, _ isStopped: () -> Bool)
        throws(IOError) -> Int32
    {
        let place = try LastComponent.resolve(path, beneath: directory, isStopped)
        return encoded(repeatingInterrupted(unless: isStopped) { unsafe linuxio_unlinkat(place.directory, place.name, flags) })
    }

    private static func makeDirectory(
        _ path: PathReference, beneath directory: NativeHandle, _ permissions: UInt16, _ isStopped: () -> Bool
    ) throws(IOError) -> Int32 {
        let place = try LastComponent.resolve(path, beneath: directory, isStopped)
        return encoded(repeatingInterrupted(unless: isStopped) { unsafe linuxio_mkdirat(place.directory, place.name, mode_t(permissions)) })
    }
}

extension RenameMode {
    fileprivate var native: UInt32 {
        switch self {
        case .replacing: 0
        case .exclusive: LINUXIO_RENAME_NOREPLACE
        case .exchanging: LINUXIO_RENAME_EXCHANGE
        }
    }
}
