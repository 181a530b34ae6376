// Writing to a pipe without the signal that POSIX ties to it.

import CLinuxIO
import IOSpec

/// Writes that never raise SIGPIPE (clause `stream.no-signal`).
public enum PipeWrite {
    /// Whether the kernel has RWF_NOSIGNAL, which keeps SIGPIPE away from one write. Found by trying, once a process.
    public static let hasNoSignalFlag: Bool = probe()

    /// Writes to a pipe at most `count` bytes; the number written, or a negative errno value.
    ///
    /// - Precondition: `bytes` has `count` bytes.
    @unsafe
    public static func write(_ bytes: UnsafeMutableRawPointer, _ count: Int, to descriptor: Int32) -> Int {
        if hasNoSignalFlag {
            var vector = unsafe iovec(iov_base: bytes, iov_len: count)
            let result = unsafe linuxio_pwritev2(descriptor, &vector, 1, -1, LINUXIO_RWF_NOSIGNAL)
            // Devices with an old kind of driver refuse any flag.
            if result != -Int(EOPNOTSUPP) { return result }
        }
        return unsafe linuxio_write_without_signal(descriptor, bytes, count)
    }

    /// Writes the vectors as far as that needs no waiting, or fails with `EOPNOTSUPP` where that cannot be asked for.
    ///
    /// - Precondition: there are `count` vectors.
    @unsafe
    static func writeWithoutWaiting(_ vectors: UnsafePointer<iovec>, _ count: Int, to descriptor: Int32) -> Int {
        if !hasNoSignalFlag { return -Int(EOPNOTSUPP) }
        return unsafe linuxio_pwritev2(descriptor, vectors, Int32(count), -1, LINUXIO_RWF_NOSIGNAL | LINUXIO_RWF_NOWAIT)
    }

    /// As ``write(_:_:to:)``, of the first vector that is not empty.
    ///
    /// - Precondition: there are `count` vectors.
    @unsafe
    static func writeFirst(of vectors: UnsafePointer<iovec>, _ count: Int, to descriptor: Int32) -> Int {
        for index in 0..<count {
            let vector = unsafe vectors[index]
            if unsafe vector.iov_len > 0 { return unsafe write(vector.iov_base, vector.iov_len, to: descriptor) }
        }
        return 0
    }

    // The pipe has a reader, so the write raises no signal on any kernel.
    private static func probe() -> Bool {
        guard let (reader, writer) = try? Acquisition.acquire(pair: .pipe, nonBlocking: true) else { return false }
        defer {
            Acquisition.discard(reader)
            Acquisition.discard(writer)
        }
        var byte: UInt8 = 0
        return unsafe withUnsafeMutableBytes(of: &byte) {
            var vector = unsafe iovec(iov_base: $0.baseAddress, iov_len: 1)
            return unsafe linuxio_pwritev2(writer.number, &vector, 1, -1, LINUXIO_RWF_NOSIGNAL) == 1
        }
    }
}
