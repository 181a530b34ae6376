// One end of a pipe.

import IOSpec

/// The reading end, the writing end, or both, of a pipe.
final class PipeEnd: ByteEnd {
    let pipe: Pipe
    let reads: Bool
    let writes: Bool

    init(of pipe: Pipe, reads: Bool, writes: Bool) {
        self.pipe = pipe
        self.reads = reads
        self.writes = writes
        super.init()
        pipe.add(self)
    }

    override func end() { pipe.remove(self) }

    override var incoming: Incoming {
        if !reads { return .failed(.wrongAccess) }
        if pipe.count > 0 { return .bytes(pipe.count) }
        return pipe.writers.isEmpty ? .end : .nothing
    }

    override func outgoing(for count: Int, whole: Bool) -> Outgoing {
        if !writes { return .failed(.wrongAccess) }
        if pipe.readers.isEmpty { return .failed(.brokenPipe) }
        return pipe.room >= (whole ? count : 1) ? .room(pipe.room) : .nothing
    }

    override var atomicBytes: Int { Pipe.atomicBytes }

    override func first(_ count: Int) -> [UInt8] { pipe.first(count) }

    override func take(_ count: Int) -> [UInt8] { pipe.take(count) }

    override func put(_ bytes: [UInt8]) { pipe.put(bytes) }

    /// The end of a pipe is told as a hang-up, and that nobody reads as a failure.
    override var readiness: Readiness {
        var readiness: Readiness = []
        if reads {
            if pipe.count > 0 { readiness.insert(.receiving) }
            if pipe.writers.isEmpty { readiness.insert(.hangUp) }
        }
        if writes {
            if pipe.room >= Pipe.atomicBytes || pipe.readers.isEmpty { readiness.insert(.sending) }
            if pipe.readers.isEmpty { readiness.insert(.failed) }
        }
        return readiness
    }
}
