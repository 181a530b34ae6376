// Operations on open files and directories.

import IOSpec

extension Station {
    func attempt(_ operation: FileOperation, _ flight: InFlight) -> Attempt {
        do throws(IOError) {
            switch (operation, flight.thing) {
            case (.status(_, let region), let thing?): return .over(status(of: thing, into: region))
            case (_, .file(let file)): return try attempt(operation, on: file)
            case (_, .directory(let directory)): return .over(try carryOut(operation, on: directory))
            default: return .failed(.wrongKind)
            }
        } catch { return .over(error.encoded) }
    }

    private func attempt(_ operation: FileOperation, on file: OpenFile) throws(IOError) -> Attempt {
        switch operation {
        case .lock(_, let mode): return file.tryLock(mode) ? .over(0) : .waits(file.node.locks.released)
        case .read(_, let region, let offset): return .over(Int32(read(into: [region], at: offset, of: file)))
        case .readVectored(_, let segments, let offset): return .over(Int32(read(into: segments.regions, at: offset, of: file)))
        case .write(_, let region, let offset): return .over(Int32(try write([region], at: offset, to: file)))
        case .writeVectored(_, let segments, let offset): return .over(Int32(try write(segments.regions, at: offset, to: file)))
        case .append(_, let region): return .over(Int32(try append(region, to: file)))
        default:
            try change(file, operation)
            return .over(0)
        }
    }

    private func change(_ file: OpenFile, _ operation: FileOperation) throws(IOError) {
        switch operation {
        case .truncate(_, let size): try file.truncate(to: size)
        case .allocate(_, let offset, let count, let keepsSize): try file.allocate(offset..<offset + count, keepsSize: keepsSize)
        case .punchHole(_, let offset, let count): try file.punchHole(offset..<offset + count)
        case .unlock: file.unlock()
        case .advise: break
        default: try changeNode(file.node, operation)
        }
    }

    private func carryOut(_ operation: FileOperation, on directory: OpenDirectory) throws(IOError) -> Int32 {
        if case .list(_, let region, let cursor) = operation { return try list(directory, into: region, after: cursor) }
        try changeNode(directory.node, operation)
        return 0
    }

    /// What is done alike to files and directories.
    private func changeNode(_ node: Node, _ operation: FileOperation) throws(IOError) {
        switch operation {
        case .synchronize: host.tree.synchronize(node)
        case .synchronizeData: host.tree.synchronizeData(node)
        case .setPermissions(_, let permissions):
            try host.tree.checkAttributes(of: node)
            node.attributes.permissions = permissions
            node.attributes.statusChangeTime = world.calendarTime
        case .setTimes(_, let access, let modification):
            try host.tree.checkAttributes(of: node)
            node.attributes.set(access: access, modification: modification, at: world.calendarTime)
        default: throw IOError(.wrongKind)
        }
    }

    // MARK: Transfers

    private func read(into regions: [MemoryRegion], at offset: Int64, of file: OpenFile) -> Int {
        var left = share(of: regions, file)
        var moved = 0
        for region in regions where left > 0 {
            let count = file.read(into: region, at: offset + Int64(moved), atMost: left)
            moved += count
            left -= count
            if count < region.count { break }
        }
        return moved
    }

    private func write(_ regions: [MemoryRegion], at offset: Int64, to file: OpenFile) throws(IOError) -> Int {
        var left = share(of: regions, file)
        var moved = 0
        for region in regions where left > 0 {
            do throws(IOError) {
                let count = try file.write(from: region, at: offset + Int64(moved), atMost: left)
                moved += count
                left -= count
                if count < region.count { break }
            } catch {
                // What was moved is reported; the next transfer meets the error.
                if moved == 0 { throw error }
                break
            }
        }
        return moved
    }

    /// Never cut short by chance: what is appended stays in one piece.
    private func append(_ region: MemoryRegion, to file: OpenFile) throws(IOError) -> Int {
        let end = file.size
        // The engine knows how memory is aligned, and not where the file ends.
        if file.isDirect, !DirectAlignment.ofSimulatedFiles.admits(offset: end) { throw IOError(.misaligned) }
        return try file.write(from: region, at: end, atMost: region.count)
    }

    /// How much of a transfer is made at once: all, unless chance cuts it short. A direct one stays aligned.
    private func share(of regions: [MemoryRegion], _ file: OpenFile) -> Int {
        let count = regions.reduce(0) { $0 + $1.count }
        let unit = file.isDirect ? 1 << Int(DirectAlignment.ofSimulatedFiles.offsetShift) : 1
        guard count > unit, world.chance.happens(world.settings.rates.shortTransfers) else { return count }
        return Int(world.chance.number(in: 1...Int64(count / unit))) * unit
    }

    // MARK: Status

    private func status(of thing: Thing, into region: MemoryRegion) -> Int32 {
        region.store(status(of: thing))
        return 0
    }

    private func status(of thing: Thing) -> FileStatus {
        switch thing {
        case .file(let file): FileStatus(of: file.node)
        case .directory(let directory): FileStatus(of: directory.node)
        case .pipe(let end):
            end.namedNode.map { FileStatus(of: $0) } ?? FileStatus(of: .pipe, identity: identity(of: end))
        case .stream, .listener, .messages: FileStatus(of: .socket, identity: identity(of: thing.description))
        }
    }

    /// What lies on no storage gets its number when it is first asked for.
    private func identity(of description: Description) -> UInt64 {
        if description.identity == 0 { description.identity = world.nextIdentity() }
        return description.identity
    }
}
