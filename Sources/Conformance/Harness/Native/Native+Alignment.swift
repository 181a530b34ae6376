// What the system tells of direct transfers.

import CLinuxIO

extension Native {
    /// The alignments that direct transfers of a file need, as the system tells them; 0 when it tells none.
    static func directAlignment(at path: String) throws -> (memory: Int, offset: Int) {
        var metadata = linuxio_statx()
        let result = unsafe path.withCString { unsafe linuxio_statx(LINUXIO_AT_FDCWD, $0, 0, LINUXIO_STATX_DIOALIGN, &metadata) }
        try check(result, "cannot ask for the status of \(path)")
        return (Int(metadata.stx_dio_mem_align), Int(metadata.stx_dio_offset_align))
    }
}
