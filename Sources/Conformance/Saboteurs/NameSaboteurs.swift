// Faults of what is done with names.

import IOSpec

enum NameSaboteurs {
    static let all: [Saboteur] = paths + links + renames + directories + listings

    private static let paths: [Saboteur] = [
        .kernel(
            "path.names-lead-outside", breaks: "path.beneath",
            summary: "Whatever is done with names but opening them may leave its directory."
        ) { fault in
            fault.start = { operation, handle in
                var handle = handle
                if case .path = operation, operation.kind != .open { handle.traits.insert(.unconfined) }
                return (operation, handle)
            }
        },
        .kernel("path.second-leads-outside", breaks: "path.beneath", summary: "The second path of an operation may leave its directory.") {
            fault in
            fault.others = { operation, others in
                guard case .path = operation else { return others }
                return others.map { NativeHandle(number: $0.number, kind: $0.kind, traits: $0.traits.union(.unconfined)) }
            }
        },
        .kernel("path.link-is-followed", breaks: "path.last-component", summary: "Unlinking a link removes what it leads to.") { fault in
            fault.start = { operation, handle in
                guard case .path(.unlink(let directory, let path)) = operation, path.isNamed("l") else { return (operation, handle) }
                return (.path(.unlink(beneath: directory, path: .literal("f\0"))), handle)
            }
        },
        .kernel("path.status-follows", breaks: "path.status", summary: "The status of a link is that of what it leads to.") { fault in
            fault.start = { operation, handle in
                guard case .path(.status(let directory, let path, let region, _)) = operation else { return (operation, handle) }
                return (.path(.status(beneath: directory, path: path, into: region, followsLink: true)), handle)
            }
        },
        .backend("path.status-without-size", breaks: "path.status", summary: "The status of a name tells no size.") { fault in
            fault.result = { operation, result in
                if case .path(.status(_, _, let region, _)) = operation.operation, result == 0 { region.changeStatus { $0.size = 0 } }
                return result
            }
        },
        .backend("path.temporary-is-missing", breaks: "path.temporary", summary: "A temporary file is notFound.") { fault in
            fault.result = { operation, result in
                guard case .path(.open(_, _, let options, _)) = operation.operation, options.contains(.temporary) else { return result }
                return result >= 0 ? IOError(.notFound).encoded : result
            }
        },
        .backend("path.read-only-is-denied", breaks: "path.errors", summary: "A file system that cannot be written is permissionDenied.") {
            fault in
            fault.result = { _, result in result.replacing(.readOnly, with: .permissionDenied) }
        },
    ]

    private static let links: [Saboteur] = [
        .backend("link.target-is-cut", breaks: "link.read", summary: "A target that does not fit is cut.") { fault in
            fault.result = { operation, result in
                guard case .path(.readLink(_, _, let region)) = operation.operation, result.isError(.invalidArgument) else { return result }
                return Int32(region.count)
            }
        },
        .kernel("link.counts-zero", breaks: "link.read", summary: "The length of a target counts its closing zero.") { fault in
            fault.result = { started, result in started.operation.kind == .readLink && result > 0 ? result + 1 : result }
        },
        .kernel("link.says-itself", breaks: "link.symbolic", summary: "A symbolic link says its own name.") { fault in
            fault.start = { operation, handle in
                guard case .path(.symbolicLink(let directory, let path, _)) = operation else { return (operation, handle) }
                return (.path(.symbolicLink(beneath: directory, path: path, target: path)), handle)
            }
        },
        .kernel("link.hard-is-symbolic", breaks: "link.hard", summary: "Another name is a symbolic link to the first.") { fault in
            fault.start = { operation, handle in
                guard case .path(.hardLink(let directory, let path, _, let toPath)) = operation else { return (operation, handle) }
                return (.path(.symbolicLink(beneath: directory, path: toPath, target: path)), handle)
            }
        },
    ]

    private static let renames: [Saboteur] = [
        .kernel("rename.leaves-old", breaks: "rename.moves", summary: "Renaming leaves the first name.") { fault in
            fault.start = { operation, handle in
                guard case .path(.rename(let directory, let path, let second, let toPath, .replacing)) = operation else {
                    return (operation, handle)
                }
                return (.path(.hardLink(beneath: directory, path: path, toDirectory: second, toPath: toPath)), handle)
            }
        },
        .kernel("rename.in-two-steps", breaks: "rename.moves", summary: "Renaming removes what has the second name first.") { fault in
            var begun: Set<UInt> = []
            fault.start = { operation, handle in
                guard case .path(.rename(let directory, let path, _, let toPath, .replacing)) = operation else {
                    return (operation, handle)
                }
                begun.insert(path.region.address)
                return (.path(.unlink(beneath: directory, path: toPath)), handle)
            }
            fault.again = { started, _ in
                guard case .path(.rename(_, let path, _, _, .replacing)) = started.operation else { return nil }
                return begun.remove(path.region.address) == nil ? nil : started.operation
            }
        },
        renaming(
            "rename.exclusive-replaces", breaks: "rename.exclusive", "An exclusive rename replaces what exists.", .exclusive, .replacing),
        renaming("rename.exchange-replaces", breaks: "rename.exchange", "An exchanging rename replaces.", .exchanging, .replacing),
        .kernel("unlink.removes-directories", breaks: "unlink.removes", summary: "Unlinking removes empty directories as well.") { fault in
            fault.again = { started, result in
                guard case .path(.unlink(let directory, let path)) = started.operation, result.isError(.isDirectory) else { return nil }
                return .path(.removeDirectory(beneath: directory, path: path))
            }
        },
    ]

    private static let directories: [Saboteur] = [
        .kernel("directory.permissions-are-ignored", breaks: "directory.make", summary: "A directory is made with every permission.") {
            fault in
            fault.start = { operation, handle in
                guard case .path(.makeDirectory(let directory, let path, _)) = operation else { return (operation, handle) }
                return (.path(.makeDirectory(beneath: directory, path: path, permissions: 0o777)), handle)
            }
        },
        .backend("directory.made-twice", breaks: "directory.make", summary: "Making a directory that exists succeeds.") { fault in
            fault.result = { operation, result in
                operation.operation.kind == .makeDirectory && result.isError(.alreadyExists) ? 0 : result
            }
        },
        .kernel("directory.remove-unlinks", breaks: "directory.remove", summary: "Removing a directory removes a file as well.") { fault in
            fault.again = { started, result in
                guard case .path(.removeDirectory(let directory, let path)) = started.operation, result.isError(.notDirectory) else {
                    return nil
                }
                return .path(.unlink(beneath: directory, path: path))
            }
        },
    ]

    private static let listings: [Saboteur] = [
        .kernel("directory.kind-is-unknown", breaks: "directory.list", summary: "A listing calls everything a file.") { fault in
            fault.result = { started, result in
                if case .file(.list(_, let region, _)) = started.operation { unsafe region.changeRecords(result) { unsafe $0[18] = 0 } }
                return result
            }
        },
        .kernel("directory.ends-early", breaks: "directory.list", summary: "A listing ends after the first names.") { fault in
            fault.result = { started, result in
                guard case .file(.list(_, _, let cursor)) = started.operation, cursor != 0, result > 0 else { return result }
                return 0
            }
        },
        .kernel("directory.cursor-is-ignored", breaks: "directory.cursor", summary: "Every listing begins with the first name.") { fault in
            fault.start = { operation, handle in
                guard case .file(.list(let directory, let region, _)) = operation else { return (operation, handle) }
                return (.file(.list(directory, into: region, after: 0)), handle)
            }
        },
        .kernel(
            "directory.position-is-shared", breaks: "directory.cursor",
            summary: "Handles of one directory that was passed move each other's position."
        ) { fault in
            fault.start = { operation, handle in
                var handle = handle
                if handle.kind == .directory { handle.traits.remove(.sharingPosition) }
                return (operation, handle)
            }
        },
        .backend(
            "directory.short-region-is-end", breaks: "directory.cursor", summary: "A region too short for a name is the end of the listing."
        ) {
            fault in
            fault.result = { operation, result in operation.operation.kind == .list && result.isError(.invalidArgument) ? 0 : result }
        },
    ]

    private static func renaming(
        _ name: String, breaks clause: String, _ summary: String, _ from: RenameMode, _ to: RenameMode
    ) -> Saboteur {
        .kernel(name, breaks: clause, summary: summary) { fault in
            fault.start = { operation, handle in
                guard case .path(.rename(let directory, let path, let second, let toPath, from)) = operation else {
                    return (operation, handle)
                }
                return (.path(.rename(beneath: directory, path: path, toDirectory: second, toPath: toPath, to)), handle)
            }
        }
    }
}

extension MemoryRegion {
    /// Changes each record of a listing that filled `count` bytes.
    fileprivate func changeRecords(_ count: Int32, _ change: (UnsafeMutableRawBufferPointer) -> Void) {
        var offset = 0
        while offset < Int(count), let start = unsafe UnsafeMutableRawPointer(bitPattern: address) {
            // Sound: the region is lent to the operation that the fault belongs to, which has just filled it with whole records.
            let length = Int(unsafe (start + offset).loadUnaligned(fromByteOffset: 16, as: UInt16.self))
            unsafe change(UnsafeMutableRawBufferPointer(start: start + offset, count: length))
            offset += max(length, 1)
        }
    }
}

extension PathReference {
    /// A path that lives as long as the program; `text` ends with its zero.
    fileprivate static func literal(_ text: StaticString) -> PathReference {
        unsafe PathReference(MemoryRegion(address: UInt(bitPattern: text.utf8Start), count: text.utf8CodeUnitCount))
    }

    /// Whether the path is this one character.
    fileprivate func isNamed(_ character: Character) -> Bool {
        // Sound: the path is lent to the operation that the fault belongs to.
        guard region.count == 2, let first = unsafe UnsafePointer<UInt8>(bitPattern: region.address) else { return false }
        return unsafe first.pointee == character.asciiValue
    }
}
