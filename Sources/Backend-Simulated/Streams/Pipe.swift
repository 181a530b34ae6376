// What the ends of a pipe have in common.

/// The bytes in a pipe, and the ends that are open.
final class Pipe {
    /// The bytes that it holds.
    static var capacity: Int { 65_536 }
    /// The bytes that are written in one piece.
    static var atomicBytes: Int { 4096 }

    private var queue = ByteQueue()
    private(set) var readers: [PipeEnd] = []
    private(set) var writers: [PipeEnd] = []

    init() {}

    var count: Int { queue.count }
    var room: Int { Pipe.capacity - queue.count }

    func first(_ count: Int) -> [UInt8] { queue.first(count) }

    func take(_ count: Int) -> [UInt8] {
        let wasReady = room >= Pipe.atomicBytes
        let bytes = queue.take(count).bytes
        if !wasReady { tellWriters() }
        return bytes
    }

    func put(_ bytes: [UInt8]) {
        queue.append(bytes)
        tellReaders()
    }

    // MARK: Ends

    func add(_ end: PipeEnd) {
        if end.reads { readers.append(end) }
        if end.writes { writers.append(end) }
    }

    /// The end is closed. What nobody can read any more is gone when the last one is.
    func remove(_ end: PipeEnd) {
        readers.removeAll { $0 === end }
        writers.removeAll { $0 === end }
        if readers.isEmpty { tellWriters() }
        if writers.isEmpty { tellReaders() }
        if readers.isEmpty, writers.isEmpty { queue.drop() }
    }

    private func tellReaders() {
        for end in readers { end.receiving.give() }
    }

    private func tellWriters() {
        for end in writers { end.sending.give() }
    }
}
