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
        modificationTime = Self.nanoseconds(native.stx_mtime)
        accessTime = Self.nanoseconds(native.stx_atime)
        statusChangeTime = Self.nanoseconds(native.stx_ctime)
        // A file system that does not keep it leaves the bit out of the mask, and the field zero.
        birthTime = Self.nanoseconds(native.stx_btime)
        device = UInt64(native.stx_dev_major) << 32 | UInt64(native.stx_dev_minor)
        identity = native.stx_ino
        linkCount = native.stx_nlink
        // Kernels without the query leave the bit out of the mask, and the fields zero.
        directMemoryAlignment = native.stx_dio_mem_align
        directOffsetAlignment = native.stx_dio_offset_align
        permissions = native.stx_mode & 0o7777
        kind = Self.kind(mode: Int32(native.stx_mode))
    }

    // Times beyond the years 1678 and 2262 saturate.
    private static func nanoseconds(_ moment: linuxio_timestamp) -> Int64 {
        let (whole, overflow) = moment.tv_sec.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowOfSum) = whole.addingReportingOverflow(Int64(moment.tv_nsec))
        if overflow || overflowOfSum { return moment.tv_sec < 0 ? .min : .max }
        return sum
    }

    private static func kind(mode: Int32) -> Kind {
        switch mode & S_IFMT {
        case S_IFDIR: .directory
        case S_IFLNK: .symbolicLink
        case S_IFIFO: .pipe
        case S_IFSOCK: .socket
        case S_IFCHR: .characterDevice
        case S_IFBLK: .blockDevice
        default: .file
        }
    }
}
