// The status of what lies in a file tree, and of what does not.

import IOSpec

extension FileStatus {
    /// The status of a node.
    init(of node: Node) {
        self.init()
        kind = node.kind
        size = node.size
        allocatedSize = Int64(node.allocatedSize)
        modificationTime = node.attributes.modificationTime
        accessTime = node.attributes.accessTime
        statusChangeTime = node.attributes.statusChangeTime
        birthTime = node.birthTime
        device = node.storage.device
        identity = node.identity
        linkCount = node.statusLinkCount
        permissions = node.attributes.permissions
        if kind == .file {
            directMemoryAlignment = DirectAlignment.ofSimulatedFiles.memory
            directOffsetAlignment = DirectAlignment.ofSimulatedFiles.memory
        }
    }

    /// The status of a stream, pipe, listener or handle for messages without a name, which has neither size nor times.
    init(of kind: Kind, identity: UInt64) {
        self.init()
        self.kind = kind
        self.identity = identity
        linkCount = 1
        permissions = kind == .pipe ? 0o600 : 0o777
    }
}

extension DirectAlignment {
    /// What direct transfers of simulated files must be aligned to.
    static var ofSimulatedFiles: DirectAlignment { DirectAlignment(memory: 512, offset: 512) }

    fileprivate var memory: UInt32 { 1 << UInt32(memoryShift) }
}

extension Node {
    fileprivate var size: Int64 {
        switch contents {
        case .file(let contents): contents.size
        case .directory: Int64(FileContents.pageSize)
        case .symbolicLink(let target): Int64(target.count)
        case .pipe, .socket, .device: 0
        }
    }

    /// A directory is named by itself, too, and by each directory in it.
    fileprivate var statusLinkCount: UInt32 {
        guard let directory, linkCount > 0 else { return linkCount }
        return 2 + directory.directories
    }
}
