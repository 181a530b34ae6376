// The status of a file, from the kernel's `statx`.

public import CLinuxIO
public import IOSpec

extension FileStatus {
    /// What to ask `statx` for.
    public static var nativeMask: UInt32 { LINUXIO_STATX_BASIC_STATS | LINUXIO_STATX_BTIME | LINUXIO_STATX_DIOALIGN }

    /// The status that `statx` filled in, asked with ``nativeMask``.
    public init(_ native: linuxio_statx) {
        self.init()
        size = Int64(clamping: native.stx_size)
        // The kernel counts blocks of 512 bytes, whatever the file system's own are.
        allocatedSize = Int64(clamping: native.stx_blocks).multipliedReportingOverflow(by: 512).partialValue
        modificationTime = Self.nanoseconds(seconds: native.stx_mtime.tv_sec, Int64(native.stx_mtime.tv_nsec))
        accessTime = Self.nanoseconds(seconds: native.stx_atime.tv_sec, Int64(native.stx_atime.tv_nsec))
        statusChangeTime = Self.nanoseconds(seconds: native.stx_ctime.tv_sec, Int64(native.stx_ctime.tv_nsec))
        // A file system that does not keep it leaves the bit out of the mask, and the field zero.
        birthTime = Self.nanoseconds(seconds: native.stx_btime.tv_sec, Int64(native.stx_btime.tv_nsec))
        device = UInt64(native.stx_dev_major) << 32 | UInt64(native.stx_dev_minor)
        identity = native.stx_ino
        linkCount = native.stx_nlink
        // Kernels without the query leave the bit out of the mask, and the fields zero.
        directMemoryAlignment = native.stx_dio_mem_align
        directOffsetAlignment = native.stx_dio_offset_align
        permissions = native.stx_mode & 0o7777
        kind = Kind(mode: Int32(native.stx_mode)) ?? .file
    }

    // Times beyond the years 1678 and 2262 saturate.
    static func nanoseconds(seconds: Int64, _ nanoseconds: Int64) -> Int64 {
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = whole.addingReportingOverflow(nanoseconds)
        if overflow || overflowOfSum { return seconds < 0 ? .min : .max }
        return sum
    }
}

extension FileStatus.Kind {
    /// The kind that the type bits of a mode tell; nil for none that is known.
    init?(mode: Int32) {
        switch mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .directory
        case S_IFLNK: self = .symbolicLink
        case S_IFIFO: self = .pipe
        case S_IFSOCK: self = .socket
        case S_IFCHR: self = .characterDevice
        case S_IFBLK: self = .blockDevice
        default: return nil
        }
    }
}
