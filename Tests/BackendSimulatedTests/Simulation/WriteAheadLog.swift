// A write-ahead log as somebody might write it for any backend: what a simulation is made to test.

import IOSpec

/// Entries of one size in a file, each in a record of its own. When `append` has returned, its entry is there after any crash, and so are those before.
struct WriteAheadLog<Backend: IOBackend & ~Copyable>: ~Copyable {
    /// Mistakes that are easily made, and that no test without crashes finds.
    enum Mistake: CaseIterable {
        /// A record is not synchronized before it is said to be there.
        case recordIsNotSynchronized
        /// The name of a new log is not synchronized.
        case nameIsNotSynchronized
        /// A record that was half written is taken for one.
        case recordHasNoChecksum
    }

    static var entryBytes: Int { 40 }
    private static var recordBytes: Int { entryBytes + 8 }

    private var worker: Worker<Backend>
    private let file: Handle
    private let mistake: Mistake?
    private(set) var entries: [[UInt8]]

    init(_ backend: consuming Backend, mistake: Mistake? = nil) throws {
        var worker = Worker(backend)
        let directory = try worker.acquire(.directory(name: "/", unconfined: false))
        let file = try worker.open("log", beneath: directory, [.reading, .writing, .creating])
        if mistake != .nameIsNotSynchronized { try worker.perform(.file(.synchronize(directory))) }
        var entries: [[UInt8]] = []
        while let entry = try Self.entry(entries.count, in: file, by: &worker, mistake) { entries.append(entry) }
        self.worker = worker
        self.file = file
        self.mistake = mistake
        self.entries = entries
    }

    /// Appends an entry, which is in storage then.
    mutating func append(_ entry: [UInt8]) throws {
        try worker.write(entry + Self.checksum(of: entry), to: file, at: Int64(entries.count * Self.recordBytes))
        if mistake != .recordIsNotSynchronized { try worker.perform(.file(.synchronizeData(file))) }
        entries.append(entry)
    }

    /// Reads one entry; nil when there is none, or its record is not whole: that one was never said to be there, and is written over.
    private static func entry(_ place: Int, in file: Handle, by worker: inout Worker<Backend>, _ mistake: Mistake?) throws -> [UInt8]? {
        let record = try worker.read(recordBytes, from: file, at: Int64(place * recordBytes))
        guard record.count == recordBytes else { return nil }
        let entry = Array(record[..<entryBytes])
        return mistake == .recordHasNoChecksum || Array(record[entryBytes...]) == checksum(of: entry) ? entry : nil
    }

    private static func checksum(of entry: [UInt8]) -> [UInt8] {
        let sum = entry.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return (0..<8).map { UInt8(truncatingIfNeeded: sum >> (8 * $0)) }
    }
}
