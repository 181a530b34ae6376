// The last steps of the running case, in memory that outlives the process that runs it.

import CLinuxIO
import Glibc

/// A ring of the last steps of a case. A step costs a look at the clock and a store, so that it can be kept for every case.
///
/// A child writes and its parent reads, after the child's end only: a hang and a crash have a trace, too.
@safe final class CaseTrace {
    /// The steps that are kept at most.
    static var capacity: Int { 50 }
    /// The descriptor on which a child gets the memory of its trace.
    static var descriptor: Int32 { 4 }

    private static var name: String { "iospec-trace" }
    private static var stride: Int { MemoryLayout<TraceRecord>.stride }
    /// The records follow the count of all steps and the time at which the case began.
    private static var headSize: Int { 16 }
    private static var size: Int { headSize + capacity * stride }

    private let memory: UnsafeMutableRawPointer

    /// A trace of this process alone.
    convenience init() throws {
        try self.init(mapping: -1, MAP_SHARED | MAP_ANONYMOUS)
    }

    /// The trace that the parent handed to this child, or one of its own for a process that was started in another way.
    static func inherited() throws -> CaseTrace {
        // Any other file under that number is somebody's, and must not be written.
        guard Native.target(ofLink: "/proc/self/fd/\(descriptor)")?.hasPrefix("/memfd:\(name)") == true else { return try CaseTrace() }
        defer { Native.close(descriptor) }
        return try CaseTrace(mapping: descriptor, MAP_SHARED)
    }

    /// A trace to hand to a child, with the descriptor of its memory, which the caller closes.
    static func shared() throws -> (trace: CaseTrace, descriptor: Int32) {
        let descriptor = try unsafe Native.check(linuxio_memfd_create(name, LINUXIO_MFD_CLOEXEC), "cannot hold a child's trace")
        do {
            try Native.check(ftruncate(descriptor, off_t(size)) == 0 ? 0 : -errno, "cannot size a child's trace")
            return (try CaseTrace(mapping: descriptor, MAP_SHARED), descriptor)
        } catch {
            Native.close(descriptor)
            throw error
        }
    }

    private init(mapping descriptor: Int32, _ flags: Int32) throws {
        let memory = unsafe mmap(nil, Self.size, PROT_READ | PROT_WRITE, flags, descriptor, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
            throw HarnessProblem("cannot map the memory of a trace: \(Native.describe(errno))")
        }
        // Sound: the mapping has `size` bytes and lives as long as this object.
        unsafe self.memory = memory
    }

    deinit {
        unsafe munmap(memory, Self.size)
    }

    /// Forgets everything: a case begins.
    func begin() {
        count = 0
        start = CaseContext.clock
    }

    /// Appends a step; the oldest one goes when there is no room.
    func append(_ record: TraceRecord) {
        var record = record
        record.time = CaseContext.clock - start
        // Sound: the place is below the capacity.
        unsafe memory.storeBytes(of: record, toByteOffset: Self.offset(of: count), as: TraceRecord.self)
        count += 1
    }

    /// The steps in words, the oldest first, after a line that says how many are missing before them.
    var lines: [String] {
        // Bounded, because a backend that writes where it must not may have written here.
        let count = max(0, min(count, 1 << 40))
        let first = max(0, count - Self.capacity)
        // Sound: each place is below the capacity, and every pattern of bits is a record.
        let records = (first..<count).map { unsafe memory.loadUnaligned(fromByteOffset: Self.offset(of: $0), as: TraceRecord.self) }
        return (first == 0 ? [] : ["… \(first) steps before"]) + records.map(\.text)
    }

    private static func offset(of index: Int) -> Int { headSize + Int(UInt(bitPattern: index) % UInt(capacity)) * stride }

    /// All steps so far. Raised after the step was stored, so that one that was interrupted does not count.
    private var count: Int {
        get { unsafe memory.load(as: Int.self) }
        set { unsafe memory.storeBytes(of: newValue, as: Int.self) }
    }

    private var start: Int64 {
        get { unsafe memory.load(fromByteOffset: 8, as: Int64.self) }
        set { unsafe memory.storeBytes(of: newValue, toByteOffset: 8, as: Int64.self) }
    }
}
