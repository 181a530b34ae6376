// Advice in the kernel's numbers.

import CLinuxIO
public import IOSpec

extension Advice {
    /// The number of `posix_fadvise`.
    public var native: Int32 {
        switch self {
        case .normal: LINUXIO_FADV_NORMAL
        case .sequential: LINUXIO_FADV_SEQUENTIAL
        case .random: LINUXIO_FADV_RANDOM
        case .willNeed: LINUXIO_FADV_WILLNEED
        case .willNotNeed: LINUXIO_FADV_DONTNEED
        case .noReuse: LINUXIO_FADV_NOREUSE
        }
    }
}
