// The status of a file on a kernel, or under a policy, without `statx`.

import CLinuxIO
import IOSpec

extension FileStatus {
    /// What the oldest query fills in, which knows nothing of alignments and of when a file was made.
    init(_ native: stat) {
        self.init()
        size = Int64(native.st_size)
        // The kernel counts blocks of 512 bytes, whatever the file system's own are.
        allocatedSize = Int64(native.st_blocks).multipliedReportingOverflow(by: 512).partialValue
        modificationTime = Self.nanoseconds(seconds: Int64(native.st_mtim.tv_sec), Int64(native.st_mtim.tv_nsec))
        accessTime = Self.nanoseconds(seconds: Int64(native.st_atim.tv_sec), Int64(native.st_atim.tv_nsec))
        statusChangeTime = Self.nanoseconds(seconds: Int64(native.st_ctim.tv_sec), Int64(native.st_ctim.tv_nsec))
        device = Self.device(UInt64(native.st_dev))
        identity = UInt64(native.st_ino)
        linkCount = UInt32(truncatingIfNeeded: native.st_nlink)
        permissions = UInt16(truncatingIfNeeded: native.st_mode & 0o7777)
        kind = Kind(mode: Int32(native.st_mode & mode_t(S_IFMT))) ?? .file
    }

    /// The two parts of a device's number as `statx` tells them: the C library's number mixes their bits.
    private static func device(_ number: UInt64) -> UInt64 {
        let major = number >> 8 & 0xfff | number >> 32 & 0xffff_f000
        let minor = number & 0xff | number >> 12 & 0xffff_ff00
        return major << 32 | minor
    }
}
