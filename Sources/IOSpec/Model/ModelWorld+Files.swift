// What operations on open files and directories find and do.

extension ModelWorld {
    /// Where sizes begin at which a file system may have its limit.
    private static var largeSize: Int64 { 1 << 40 }

    /// What the operation can see at this moment.
    func look(_ operation: ModelOperation) -> [ModelProgress] {
        guard operation.operation.isAboutFiles, operation.operation.paths.isEmpty else { return [] }
        guard let number = operation.handles.first.flatMap({ tree.opened[$0] }), let node = tree.nodes[number] else { return [] }
        let mistakes = mistakes(of: operation, on: node)
        if !mistakes.isEmpty { return mistakes.map { .failed($0) } }
        let direct = mayBeMisaligned(operation) ? [ModelProgress.failed(.misaligned)] : []
        switch operation.operation {
        case .setTimes, .advise: return [.done]
        case .read: return [.size(node.contents.size)] + direct
        case .status: return [tree.status(of: number)].compactMap { $0 }
        case .synchronize: return [.done]
        case .list: return [node.linkCount == 0 ? .failed(.notFound) : .names(tree.kinds(in: number))]
        case .write(_, let payload, _, _), .append(_, let payload): return payload.count == 0 ? [.done] : sizeLimit(operation) + direct
        case .punchHole, .allocate: return [.failed(.unsupported)] + sizeLimit(operation)
        case .truncate: return sizeLimit(operation)
        default: return []
        }
    }

    /// What an operation may fail with that reaches beyond any size that a file is sure to be able to have.
    func sizeLimit(_ operation: ModelOperation) -> [ModelProgress] {
        let end: Int64 =
            switch operation.operation {
            case .write(_, let payload, let offset, _): offset.saturatingAdding(Int64(payload.count))
            case .append(let file, let payload): size(of: file).saturatingAdding(Int64(payload.count))
            case .truncate(_, let size): size
            case .allocate(_, let offset, let count, _), .punchHole(_, let offset, let count): offset.saturatingAdding(count)
            default: 0
            }
        if end <= Self.largeSize { return [] }
        // Only storage that is asked for beforehand can be lacking for a size that a file could have.
        if case .allocate = operation.operation { return [.failed(.fileTooLarge), .failed(.noSpace)] }
        return [.failed(.fileTooLarge)]
    }

    private func size(of file: Symbol) -> Int64 { tree.opened[file.index].flatMap { tree.nodes[$0]?.contents.size } ?? 0 }

    // MARK: Direct transfers

    /// What every direct transfer may be aligned to.
    private static var coarsestAlignment: Int { 4096 }

    /// Whether a direct transfer may be misaligned: by its memory, or for what nobody has told.
    private func mayBeMisaligned(_ operation: ModelOperation) -> Bool {
        guard operation.options.contains(.direct), let (offset, count, pieces) = operation.operation.directTransfer else { return false }
        let coarsest = Self.coarsestAlignment
        return operation.directAlignment > coarsest || pieces > 1 || Int(offset % Int64(coarsest)) != 0 || count % coarsest != 0
    }

    private func directMistakes(_ operation: ModelOperation) -> [IOError.Cause] {
        guard operation.options.contains(.direct), let (offset, count, _) = operation.operation.directTransfer else { return [] }
        let alignment = operation.directAlignment
        if count == 0 || alignment == 0 { return [] }
        return Int(offset % Int64(alignment)) != 0 || count % alignment != 0 ? [.misaligned] : []
    }

    // MARK: Mistakes

    private func mistakes(of operation: ModelOperation, on node: ModelNode) -> [IOError.Cause] {
        let options = operation.options
        switch operation.operation {
        case .read(_, let count, let offset, _):
            return transferMistakes(node, options.contains(.reading), offset, Int64(count), isRefused: false) + directMistakes(operation)
        case .write(_, let payload, let offset, _):
            let isRefused = options.contains(.appending)
            return transferMistakes(node, options.opensForWriting, offset, Int64(payload.count), isRefused: isRefused)
                + directMistakes(operation)
        case .append: return transferMistakes(node, options.opensForWriting, 0, 0, isRefused: !options.contains(.appending))
        case .truncate(_, let size): return transferMistakes(node, options.opensForWriting, size, 0, isRefused: false)
        case .allocate(_, let offset, let count, _), .punchHole(_, let offset, let count):
            return transferMistakes(node, options.opensForWriting, offset, count, isRefused: count <= 0)
        case .list: return node.isDirectory ? [] : [.notDirectory]
        case .advise(_, let offset, let count, _): return transferMistakes(node, true, offset, count, isRefused: false)
        case .setPermissions(_, let permissions): return permissions > 0o7777 ? [.invalidArgument] : []
        default: return []
        }
    }

    private func transferMistakes(
        _ node: ModelNode, _ isAllowed: Bool, _ offset: Int64, _ count: Int64, isRefused: Bool
    ) -> [IOError.Cause] {
        if node.isDirectory { return [.isDirectory] }
        var mistakes: [IOError.Cause] = isAllowed ? [] : [.wrongAccess]
        let isInRange = offset >= 0 && count >= 0 && !offset.addingReportingOverflow(count).overflow
        if isRefused || !isInRange { mistakes.append(.invalidArgument) }
        return mistakes
    }

    // MARK: Effects

    /// The files once the operation has taken effect; none when it is wrong or changes nothing.
    func fileEffects(of operation: ModelOperation, _ times: ModelTimes) -> [ModelTree] {
        guard operation.operation.changesFiles else { return [] }
        guard let number = operation.handles.first.flatMap({ tree.opened[$0] }), let node = tree.nodes[number] else { return [] }
        if !mistakes(of: operation, on: node).isEmpty { return [] }
        var changed = node
        if case .setPermissions(_, let permissions) = operation.operation {
            changed.permissions = permissions
        } else {
            guard let contents = self.changed(node.contents, by: operation, times) else { return [] }
            changed.contents = contents
        }
        var after = tree
        after.nodes[number] = changed
        after.applied[operation.number] = .done
        return [after]
    }

    private func changed(_ old: ModelContents, by operation: ModelOperation, _ times: ModelTimes) -> ModelContents? {
        var contents = old
        switch operation.operation {
        case .write(_, let payload, let offset, _):
            if payload.count == 0 { return nil }
            contents.write(payload, at: offset, by: operation.number)
        case .append(_, let payload):
            if payload.count == 0 { return nil }
            contents.append(payload, by: operation.number, times)
        case .truncate(_, let size): contents.truncate(to: size, by: operation.number)
        case .allocate(_, let offset, let count, let keepsSize): if !keepsSize { contents.grow(to: offset + count, by: operation.number) }
        case .punchHole(_, let offset, let count): contents.punchHole(at: offset, count: count, by: operation.number)
        default: return nil
        }
        return contents
    }

    /// A transfer into the file is over, and has written its first `count` bytes.
    mutating func seal(_ operation: ModelOperation, writing count: Int) {
        guard let number = operation.handles.first.flatMap({ tree.opened[$0] }), let node = tree.nodes[number] else { return }
        var contents = node.contents
        if count != operation.operation.requestedCount { contents.shorten(operation.number, to: count) }
        contents.seal(operation.number)
        tree.nodes[number]?.contents = contents
    }
}

extension SymbolicOperation {
    /// Where a transfer begins, how long it is, and in how many pieces; nil when it is none that can be direct.
    fileprivate var directTransfer: (offset: Int64, count: Int, pieces: Int)? {
        switch self {
        case .read(_, let count, let offset, let pieces): (offset, count, pieces)
        case .write(_, let payload, let offset, let pieces): (offset, payload.count, pieces)
        case .append(_, let payload): (1, payload.count, 1)
        default: nil
        }
    }
}
