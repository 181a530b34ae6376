// Which clause speaks of an operation, for refusals.

extension SymbolicOperation {
    /// The clause of what the operation does when it succeeds.
    var clause: String {
        switch self {
        case .open: "path.create"
        case .pathStatus: "path.status"
        case .readLink: "link.read"
        case .symbolicLink: "link.symbolic"
        case .hardLink: "link.hard"
        case .rename(_, _, _, _, let mode): mode.clause
        case .unlink: "unlink.removes"
        case .makeDirectory: "directory.make"
        case .removeDirectory: "directory.remove"
        case .read: "file.positional"
        case .write: "file.full-transfer"
        case .append: "file.append"
        case .truncate: "file.truncate"
        case .allocate: "space.allocate"
        case .punchHole: "space.punch-hole"
        case .synchronize: "file.sync"
        case .status: "file.status"
        case .list: "directory.list"
        case .setPermissions: "file.set-permissions"
        case .setTimes: "file.set-times"
        case .advise: "file.advise"
        case .listPiece: "directory.cursor"
        default: "completion.own-error"
        }
    }

    /// The clause that is broken when the operation fails with what nothing explains.
    func clause(failingWith cause: IOError.Cause) -> String {
        if cause == .outsideDirectory { return "path.beneath" }
        return paths.isEmpty ? clause : "path.errors"
    }

    /// The clause that is broken when the operation succeeds although it can only fail.
    func clauseOfSuccess(insteadOf causes: [IOError.Cause]) -> String {
        if causes.contains(.outsideDirectory) { return "path.beneath" }
        if causes.contains(.wrongKind) { return "handle.wrong-kind" }
        if causes.contains(.wrongAccess) { return "handle.wrong-access" }
        if causes.contains(.misaligned) { return "file.direct-alignment" }
        if causes.contains(.invalidArgument), paths.isEmpty {
            switch self {
            case .append, .write: return "file.append"
            case .allocate, .punchHole: return "space.range"
            default: return "result.offset-limit"
            }
        }
        if causes.contains(.alreadyExists), case .rename = self { return "rename.exclusive" }
        return paths.isEmpty ? clause : "path.errors"
    }
}

extension RenameMode {
    fileprivate var clause: String {
        switch self {
        case .replacing: "rename.moves"
        case .exclusive: "rename.exclusive"
        case .exchanging: "rename.exchange"
        }
    }
}
