// One operation of a history in words.

import IOSpec

extension SymbolicOperation {
    /// The verb and its arguments, without what the operation makes.
    var text: String {
        switch self {
        case .nop: "nop"
        case .close(let handle): "close \(handle.text)"
        case .timer(let microseconds): "timer \(microseconds)"
        case .receive(let handle, let count, let pieces): "receive \(handle.text) count \(count)\(Self.inPieces(pieces))"
        case .receiveExactly(let handle, let count): "receiveExactly \(handle.text) count \(count)"
        case .send(let handle, let payload, let pieces): "send \(handle.text) \(payload.text)\(Self.inPieces(pieces))"
        case .sendZeroCopy(let handle, let payload): "sendZeroCopy \(handle.text) \(payload.text)"
        case .splice(let from, let to, let count, let offset): "splice \(from.text) to \(to.text) count \(count) at \(offset)"
        case .accept(let handle, _): "accept \(handle.text)"
        case .connect(let handle, let listener): "connect \(handle.text) to \(listener.text)"
        case .shutDown(let handle, let direction): "shutDown \(handle.text) \(direction)"
        case .sendMessage(let handle, let payload, let receiver):
            "sendMessage \(handle.text) \(payload.text)" + (receiver.map { " to \($0.text)" } ?? "")
        case .receiveMessage(let handle, let count): "receiveMessage \(handle.text) count \(count)"
        case .readiness(let handle, let ways): Self.words("readiness", handle, ways)
        case .acceptMultishot(let handle, _): "acceptMultishot \(handle.text)"
        case .receiveMultishot(let handle, let pool): "receiveMultishot \(handle.text) into \(pool.text)"
        case .readinessMultishot(let handle, let ways): Self.words("readinessMultishot", handle, ways)
        case .read, .write, .append, .truncate, .allocate, .punchHole, .synchronize, .status, .list, .setPermissions, .lock, .unlock:
            fileText
        case .open, .pathStatus, .readLink, .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory: pathText
        case .setTimes, .advise, .listPiece, .passHandles, .receiveHandles, .setOption, .option: optionText
        }
    }

    private static func words(_ verb: String, _ handle: Symbol, _ ways: Readiness) -> String {
        [verb, handle.text, ways.text].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var fileText: String {
        switch self {
        case .read(let file, let count, let offset, let pieces): "read \(file.text) count \(count) at \(offset)\(Self.inPieces(pieces))"
        case .write(let file, let payload, let offset, let pieces):
            "write \(file.text) \(payload.text) at \(offset)\(Self.inPieces(pieces))"
        case .append(let file, let payload): "append \(file.text) \(payload.text)"
        case .truncate(let file, let size): "truncate \(file.text) size \(size)"
        case .allocate(let file, let offset, let count, let keepsSize):
            "allocate \(file.text) count \(count) at \(offset)\(keepsSize ? " keepsSize" : "")"
        case .punchHole(let file, let offset, let count): "punchHole \(file.text) count \(count) at \(offset)"
        case .synchronize(let file, let dataOnly): "synchronize \(file.text)\(dataOnly ? " dataOnly" : "")"
        case .status(let file): "status \(file.text)"
        case .list(let directory): "list \(directory.text)"
        case .setPermissions(let file, let permissions): "setPermissions \(file.text) \(String(permissions, radix: 8))"
        case .lock(let file, let mode): "lock \(file.text) \(mode)"
        case .unlock(let file): "unlock \(file.text)"
        default: preconditionFailure("No operation on a file")
        }
    }

    private var pathText: String {
        switch self {
        case .open(let directory, let path, let options, _):
            ["open", directory.text, path.quoted, options.text].filter { !$0.isEmpty }.joined(separator: " ")
        case .pathStatus(let directory, let path, let followsLink):
            "pathStatus \(directory.text) \(path.quoted)\(followsLink ? " followsLink" : "")"
        case .readLink(let directory, let path): "readLink \(directory.text) \(path.quoted)"
        case .symbolicLink(let directory, let path, let target): "symbolicLink \(directory.text) \(path.quoted) target \(target.quoted)"
        case .hardLink(let directory, let path, let second, let name):
            "hardLink \(directory.text) \(path.quoted) to \(second.text) \(name.quoted)"
        case .rename(let directory, let path, let second, let name, let mode):
            "rename \(directory.text) \(path.quoted) to \(second.text) \(name.quoted) \(mode)"
        case .unlink(let directory, let path): "unlink \(directory.text) \(path.quoted)"
        case .makeDirectory(let directory, let path): "makeDirectory \(directory.text) \(path.quoted)"
        case .removeDirectory(let directory, let path): "removeDirectory \(directory.text) \(path.quoted)"
        default: preconditionFailure("No operation on a path")
        }
    }

    private static func inPieces(_ pieces: Int) -> String { pieces == 1 ? "" : " pieces \(pieces)" }
}

extension Payload {
    var text: String { "seed \(seed) count \(count)" }
}

extension OpenOptions {
    /// Each option with its word.
    static var named: [(option: OpenOptions, name: String)] {
        [
            (.reading, "reading"), (.writing, "writing"), (.appending, "appending"), (.creating, "creating"), (.exclusive, "exclusive"),
            (.truncating, "truncating"), (.direct, "direct"), (.directory, "directory"), (.noFollow, "noFollow"), (.temporary, "temporary"),
        ]
    }

    var text: String { Self.named.filter { contains($0.option) }.map(\.name).joined(separator: " ") }
}

extension Readiness {
    /// Each way with its word.
    static var named: [(way: Readiness, name: String)] {
        [
            (.receiving, "receiving"), (.sending, "sending"), (.peerFinished, "peerFinished"), (.failed, "failed"), (.hangUp, "hangUp"),
        ]
    }

    var text: String { Self.named.filter { contains($0.way) }.map(\.name).joined(separator: " ") }
}

extension String {
    /// In quotation marks, on one line, and readable again by ``HistoryWords``.
    var quoted: String {
        let escaped = flatMap { character -> [Character] in
            switch character {
            case "\"": ["\\", "\""]
            case "\\": ["\\", "\\"]
            case "\n": ["\\", "n"]
            case "\0": ["\\", "0"]
            default: [character]
            }
        }
        return "\"\(String(escaped))\""
    }
}
