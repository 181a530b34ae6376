// Trying transfers of pipes and terminals, whose descriptors may be somebody else's, too.

import CLinuxIO
import IOSpec

extension Attempt {
    /// Whether calls on a descriptor wait. Those of our own never do; one that came from elsewhere may, and its flags are not ours to change.
    static func waits(_ descriptor: Int32) -> Bool {
        let flags = linuxio_status_flags(descriptor)
        return flags >= 0 && flags & LINUXIO_O_NONBLOCK == 0
    }

    /// Reads into `count` vectors, or where the kernel has no such call, into one of them. Named pipes and terminals know no read that does not wait: if theirs does,
    /// it is a worker's.
    ///
    /// - Precondition: the vectors are an operation's that has not ended.
    @unsafe
    static func read(_ vectors: UnsafePointer<iovec>, _ count: Int, from handle: NativeHandle) -> AttemptOutcome {
        // Without such a call, or when it is denied, there is still the plain one.
        var result = repeatingInterrupted { unsafe linuxio_preadv2(handle.number, vectors, Int32(count), -1, LINUXIO_RWF_NOWAIT) }
        if result == -Int(EOPNOTSUPP) || result == -Int(ENOSYS) || result == -Int(EPERM) {
            if waits(handle.number) { return .blocks(bounded: false) }
            result = repeatingInterrupted { unsafe readWaiting(vectors, count, from: handle.number) }
        }
        if result == -Int(EAGAIN) { return .wouldBlock(.receiving) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result)) : Int32(result))
    }

    /// Reads into `count` vectors, or where the call for that is missing or denied, into the first that is not empty; waits if the descriptor does.
    ///
    /// - Precondition: there are `count` vectors, of an operation that has not ended.
    @unsafe
    static func readWaiting(_ vectors: UnsafePointer<iovec>, _ count: Int, from descriptor: Int32) -> Int {
        let result = unsafe linuxio_preadv2(descriptor, vectors, Int32(count), -1, 0)
        if result != -Int(ENOSYS), result != -Int(EPERM) { return result }
        for index in 0..<count {
            let vector = unsafe vectors[index]
            if unsafe vector.iov_len > 0 { return unsafe linuxio_read(descriptor, vector.iov_base, vector.iov_len) }
        }
        return 0
    }

    /// Writes `count` vectors, or where neither waiting nor the signal can be kept away by flags, some of them.
    ///
    /// - Precondition: the vectors are an operation's that has not ended, and not all empty.
    @unsafe
    static func write(_ vectors: UnsafePointer<iovec>, _ count: Int, to handle: NativeHandle) -> AttemptOutcome {
        var result = repeatingInterrupted { unsafe PipeWrite.writeWithoutWaiting(vectors, count, to: handle.number) }
        if result == -Int(EOPNOTSUPP) {
            if waits(handle.number) { return .blocks(bounded: false) }
            result = repeatingInterrupted { unsafe PipeWrite.writeFirst(of: vectors, count, to: handle.number) }
        }
        if result == -Int(EAGAIN) { return .wouldBlock(.sending) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result), sendOn: handle) : Int32(result))
    }
}
