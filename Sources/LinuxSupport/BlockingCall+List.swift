// Listing a directory.

import CLinuxIO
import IOSpec

extension BlockingCall {
    /// Fills the region with the names that come after `cursor`. Listings of one directory handle never overlap: the engine keeps their order, and the kernel has
    /// one position for all of them. Where others may move that, the listing has one of its own.
    ///
    /// Only there: some file systems (overlays) count the names that they have told, and count anew for each opening, so that a name would be left out for each one that
    /// was removed between two listings.
    static func list(_ directory: NativeHandle, into region: MemoryRegion, after cursor: UInt64, _ isStopped: () -> Bool) -> Int32 {
        guard let position = Int64(exactly: cursor) else { return IOError(.invalidArgument).encoded }
        if !directory.traits.contains(.sharingPosition) {
            return list(directory, by: directory.number, into: region, from: position, isStopped)
        }
        let own = ownPosition(in: directory.number, isStopped)
        // What may not be opened again has only the position that it came with.
        if own == -EACCES || own == -ENOENT { return list(directory, by: directory.number, into: region, from: position, isStopped) }
        if own < 0 { return IOError.encoded(errno: -own) }
        defer { _ = linuxio_close(own) }
        return list(directory, by: own, into: region, from: position, isStopped)
    }

    /// Opens a directory once more; the descriptor, or a negative errno value. Opened by its dot it needs permission to search, and by the kernel's link only to read.
    private static func ownPosition(in directory: Int32, _ isStopped: () -> Bool) -> Int32 {
        let flags = O_RDONLY | LINUXIO_O_DIRECTORY | LINUXIO_O_CLOEXEC
        let opened = repeatingInterrupted(unless: isStopped) { unsafe linuxio_openat(directory, ".", flags, 0) }
        return opened == -EACCES ? repeatingInterrupted(unless: isStopped) { reopen(directory, flags: flags) } : opened
    }

    /// Lists by a descriptor of the directory whose position is nobody else's meanwhile.
    private static func list(
        _ directory: NativeHandle, by descriptor: Int32, into region: MemoryRegion, from position: Int64, _ isStopped: () -> Bool
    ) -> Int32 {
        let moved = repeatingInterrupted(unless: isStopped) { linuxio_seek(descriptor, position) }
        if moved < 0 { return IOError.encoded(errno: Int32(-moved)) }
        while true {
            let count = repeatingInterrupted(unless: isStopped) { unsafe linuxio_getdents64(descriptor, region.pointer, region.count) }
            if count < 0 { return IOError.encoded(errno: Int32(-count)) }
            if count == 0 { return 0 }
            do throws(IOError) {
                // Sound: the region is the operation's, which has not ended.
                let kept = try unsafe convert(UnsafeMutableRawBufferPointer(start: region.pointer, count: count), of: directory, isStopped)
                // With none but `.` and `..` the end is not reached: only 0 of the kernel's own says that.
                if kept > 0 { return Int32(kept) }
            } catch { return error.encoded }
        }
    }

    /// Turns the kernel's records into ``DirectoryEntry`` records, which are laid out alike, and moves them together over those that are not listed; the bytes that
    /// are left.
    ///
    /// - Throws: why a kind cannot be found out.
    static func convert(_ bytes: UnsafeMutableRawBufferPointer, of directory: NativeHandle, _ isStopped: () -> Bool) throws(IOError)
        -> Int
    {
        var read = 0
        var written = 0
        while read < bytes.count {
            // Sound: the kernel splits no record, and each begins where the last one ends.
            let record = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[read...])
            let length = Int(unsafe record.loadUnaligned(fromByteOffset: 16, as: UInt16.self))
            if let kind = try unsafe kind(of: record, in: directory, isStopped) {
                unsafe record[18] = kind.rawValue
                if written < read {
                    unsafe bytes.baseAddress.unsafelyUnwrapped.advanced(by: written).copyMemory(
                        from: record.baseAddress.unsafelyUnwrapped, byteCount: length)
                }
                written += length
            }
            read += length
        }
        return written
    }

    /// The kind of what a record names; nil for what is not listed: the directory itself, its parent, and what has gone meanwhile.
    private static func kind(of record: UnsafeMutableRawBufferPointer, in directory: NativeHandle, _ isStopped: () -> Bool)
        throws(IOError) -> FileStatus.Kind?
    {
        let name = unsafe (record.baseAddress.unsafelyUnwrapped + DirectoryEntry.nameOffset).assumingMemoryBound(to: CChar.self)
        let dot = CChar(UInt8(ascii: "."))
        if unsafe name[0] == dot, unsafe name[1] == 0 || name[1] == dot && name[2] == 0 { return nil }
        // The number with a name is that of the type in a mode.
        if let kind = FileStatus.Kind(mode: Int32(unsafe record[18]) << 12) { return kind }
        // The file system does not keep the kind with the name.
        let type = repeatingInterrupted(unless: isStopped) { unsafe linuxio_type_of_name(directory.number, name) }
        if type < 0, type != -ENOENT { throw IOError(errno: -type) }
        return type < 0 ? nil : FileStatus.Kind(mode: type)
    }
}
