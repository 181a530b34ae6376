// Listing a directory.

import CLinuxIO
import IOSpec

extension BlockingCall {
    /// Fills the region with the names that come after `cursor`. Listings of one directory handle never overlap: the engine keeps their order, and the kernel has
    /// one position for all of them.
    static func list(_ directory: NativeHandle, into region: MemoryRegion, after cursor: UInt64, _ isStopped: () -> Bool) -> Int32 {
        guard let position = Int64(exactly: cursor) else { return IOError(.invalidArgument).encoded }
        let moved = repeatingInterrupted(unless: isStopped) { linuxio_seek(directory.number, position) }
        if moved < 0 { return IOError.encoded(errno: Int32(-moved)) }
        while true {
            let count = repeatingInterrupted(unless: isStopped) {
                unsafe linuxio_getdents64(directory.number, region.pointer, region.count)
            }
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
