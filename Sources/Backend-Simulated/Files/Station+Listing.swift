// Listing directories.

import IOSpec

extension Station {
    /// Fills the region with the names that come after `cursor`; as in ``FileOperation/list(_:into:after:)``.
    func list(_ directory: OpenDirectory, into region: MemoryRegion, after cursor: UInt64) throws(IOError) -> Int32 {
        if cursor > Int64.max { throw IOError(.invalidArgument) }
        if directory.node.linkCount == 0 { throw IOError(.notFound) }
        let entries = directory.names.entries[directory.names.place(after: cursor)...]
        var records: [UInt8] = []
        for entry in entries {
            let record = entry.record
            if records.count + record.count > region.count { break }
            records += record
        }
        if records.isEmpty, !entries.isEmpty { throw IOError(.invalidArgument) }
        directory.node.attributes.accessTime = world.calendarTime
        return Int32(region.fill(records))
    }
}

extension DirectoryContents.Entry {
    /// The bytes of its ``DirectoryEntry``.
    fileprivate var record: [UInt8] {
        let length = (DirectoryEntry.nameOffset + name.count + 1 + 7) / 8 * 8
        var bytes: [UInt8] = []
        bytes.append(contentsOf: node.identity.bytes)
        bytes.append(contentsOf: cursor.bytes)
        bytes.append(contentsOf: UInt16(length).bytes)
        bytes.append(node.kind.rawValue)
        bytes += name
        bytes += Array(repeating: 0, count: length - bytes.count)
        return bytes
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// The bytes in the machine's own order.
    fileprivate var bytes: [UInt8] {
        let little = littleEndian == self
        let places = 0..<Self.bitWidth / 8
        return places.map { UInt8(truncatingIfNeeded: self >> Self((little ? $0 : places.count - 1 - $0) * 8)) }
    }
}
