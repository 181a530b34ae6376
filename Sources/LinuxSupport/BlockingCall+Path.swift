// What is done with names beneath a directory: a worker's part on every backend.
//
// A ring could make, rename and remove names, too, but it leaves each such call to one of the kernel's few threads, takes no directory that was
// opened in the same chain, and never resolves beneath: it would cost more turns, and no thread less.

import CLinuxIO
import IOSpec

extension BlockingCall {
    /// Carries out a path operation that opens nothing, to its end; `other` is the second directory of those that have one.
    static func run(_ operation: PathOperation, beneath directory: NativeHandle, and other: NativeHandle) -> Int32 {
        do throws(IOError) { return try carryOut(operation, beneath: directory, and: other) } catch { return error.encoded }
    }

    private static func carryOut(
        _ operation: PathOperation, beneath directory: NativeHandle, and other: NativeHandle
    ) throws(IOError) -> Int32 {
        switch operation {
        case .open: preconditionFailure("Opening may wait for a peer, and has a function of its own")
        case .status(_, let path, let region, let followsLink):
            try status(of: path, beneath: directory, into: region, followsLink: followsLink)
        case .readLink(_, let path, let region): try readLink(path, beneath: directory, into: region)
        case .symbolicLink(_, let path, let target): try makeSymbolicLink(path, beneath: directory, target)
        case .hardLink(_, let path, _, let toPath): try link(path, beneath: directory, toPath, beneath: other)
        case .rename(_, let path, _, let toPath, let mode): try rename(path, beneath: directory, toPath, beneath: other, mode)
        case .unlink(_, let path): try unlink(path, beneath: directory, flags: 0)
        case .removeDirectory(_, let path): try unlink(path, beneath: directory, flags: LINUXIO_AT_REMOVEDIR)
        case .makeDirectory(_, let path, let permissions): try makeDirectory(path, beneath: directory, permissions)
        }
    }

    // MARK: Looking

    private static func status(
        of path: PathReference, beneath directory: NativeHandle, into region: MemoryRegion, followsLink: Bool
    ) throws(IOError) -> Int32 {
        let found = try unsafe BeneathPath.find(path.pointer, beneath: directory, flags: followsLink ? 0 : LINUXIO_O_NOFOLLOW)
        defer { _ = linuxio_close(found) }
        return status(of: NativeHandle(number: found, kind: .file, traits: []), into: region)
    }

    // The kernel cuts a target that does not fit and says nothing of it, so it is read into memory that any target fits into.
    private static func readLink(_ path: PathReference, beneath directory: NativeHandle, into region: MemoryRegion) throws(IOError) -> Int32
    {
        let found = try unsafe BeneathPath.find(path.pointer, beneath: directory, flags: LINUXIO_O_NOFOLLOW)
        defer { _ = linuxio_close(found) }
        var target = InlineArray<4096, CChar>(repeating: 0)
        var span = target.mutableSpan
        return unsafe span.withUnsafeMutableBufferPointer { buffer in
            let start = unsafe buffer.baseAddress.unsafelyUnwrapped
            let count = repeatingInterrupted { unsafe linuxio_readlinkat(found, "", start, buffer.count) }
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
        _ path: PathReference, beneath directory: NativeHandle, _ target: PathReference
    ) throws(IOError) -> Int32 {
        let place = try LastComponent.resolve(path, beneath: directory)
        return encoded(repeatingInterrupted { unsafe linuxio_symlinkat(target.pointer, place.directory, place.name) })
    }

    private static func link(
        _ path: PathReference, beneath directory: NativeHandle, _ toPath: PathReference, beneath other: NativeHandle
    ) throws(IOError) -> Int32 {
        let source = try LastComponent.resolve(path, beneath: directory)
        // The kernel follows a link with a slash behind it. What is found there is a directory, and those have no further names.
        if source.mustBeDirectory {
            _ = linuxio_close(try unsafe BeneathPath.find(path.pointer, beneath: directory, flags: LINUXIO_O_DIRECTORY))
            return IOError.encoded(errno: EPERM)
        }
        let target = try LastComponent.resolve(toPath, beneath: other)
        return encoded(
            repeatingInterrupted { unsafe linuxio_linkat(source.directory, source.name, target.directory, target.name, 0) })
    }

    private static func rename(
        _ path: PathReference, beneath directory: NativeHandle, _ toPath: PathReference, beneath other: NativeHandle, _ mode: RenameMode
    ) throws(IOError) -> Int32 {
        let source = try LastComponent.resolve(path, beneath: directory)
        let target = try LastComponent.resolve(toPath, beneath: other)
        return encoded(
            repeatingInterrupted {
                unsafe linuxio_renameat2(source.directory, source.name, target.directory, target.name, mode.native)
            })
    }

    private static func unlink(_ path: PathReference, beneath directory: NativeHandle, flags: Int32) throws(IOError) -> Int32 {
        let place = try LastComponent.resolve(path, beneath: directory)
        return encoded(repeatingInterrupted { unsafe linuxio_unlinkat(place.directory, place.name, flags) })
    }

    private static func makeDirectory(
        _ path: PathReference, beneath directory: NativeHandle, _ permissions: UInt16
    ) throws(IOError) -> Int32 {
        let place = try LastComponent.resolve(path, beneath: directory)
        return encoded(repeatingInterrupted { unsafe linuxio_mkdirat(place.directory, place.name, mode_t(permissions)) })
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
