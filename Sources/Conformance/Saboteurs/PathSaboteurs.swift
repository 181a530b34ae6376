// Faults of opening paths, and of handles.

import Glibc
import IOSpec

enum PathSaboteurs {
    static let all: [Saboteur] = paths + handles

    private static let paths: [Saboteur] = [
        .kernel("path.leads-outside", breaks: "path.beneath", summary: "Every path may leave its directory.") { fault in
            fault.start = openingBeneath { handle in handle.traits.insert(.unconfined) }
        },
        .backend("path.outside-is-not-found", breaks: "path.beneath", summary: "A path that leads outside is notFound.") { fault in
            fault.result = { _, result in result.replacing(.outsideDirectory, with: .notFound) }
        },
        .kernel("path.always-confined", breaks: "path.unconfined", summary: "No path may leave its directory.") { fault in
            fault.start = openingBeneath { handle in handle.traits.remove(.unconfined) }
        },
        .backend(
            "path.directory-is-invalid", breaks: "path.errors", summary: "Writing to a directory is invalidArgument.", disagreement: 17
        ) { fault in
            fault.result = { _, result in result.replacing(.isDirectory, with: .invalidArgument) }
        },
        .backend("path.not-directory-is-not-found", breaks: "path.errors", summary: "A file in the middle of a path is notFound.") {
            fault in
            fault.result = { _, result in result.replacing(.notDirectory, with: .notFound) }
        },
        .backend("path.loop-is-too-long", breaks: "path.errors", summary: "Too many symbolic links make a name too long.") { fault in
            fault.result = { _, result in result.replacing(.symbolicLinkLoop, with: .nameTooLong) }
        },
        .kernel("path.exclusive-is-ignored", breaks: "path.create", summary: "Making a file exclusively opens an existing one.") { fault in
            fault.start = { operation, handle in (operation.opening { $0.subtracting(.exclusive) }, handle) }
        },
        .kernel("path.creating-empties", breaks: "path.create", summary: "Creating an existing file loses its contents.") { fault in
            fault.start = { operation, handle in
                let changed = operation.opening { options in
                    let makes = options.contains(.creating) && !options.contains(.exclusive) && options.contains(.writing)
                    return makes ? options.union(.truncating) : options
                }
                return (changed, handle)
            }
        },
        .kernel(
            "path.named-pipe-without-peer", breaks: "path.named-pipe", summary: "A named pipe is opened before it has a peer."
        ) { fault in
            fault.start = { operation, handle in
                let changed = operation.opening { options in
                    // Opening it both ways never waits; what is made anew is no pipe.
                    let isPlain = options.isSubset(of: [.reading, .writing])
                    return isPlain ? [.reading, .writing] : options
                }
                return (changed, handle)
            }
        },
        .kernel(
            "path.named-pipe-cannot-be-cancelled", breaks: "path.named-pipe-cancel", "cancel.prompt",
            summary: "Opening a named pipe waits on although it was cancelled."
        ) { fault in
            fault.stopDelay = { $0.operation.kind == .open ? 3000 * NativeFault.millisecond : 0 }
        },
        .kernel(
            "path.cancelled-open-leaks", breaks: "path.named-pipe-cancel",
            summary: "Opening a named pipe leaves a descriptor open when it is cancelled."
        ) { fault in
            fault.result = { started, result in
                if started.operation.kind == .open, result.isError(.cancelled) { NativeFault.leak(started.handle.number) }
                return result
            }
        },
    ]

    private static let handles: [Saboteur] = [
        .backend("handle.wrong-kind-is-invalid", breaks: "handle.wrong-kind", summary: "The wrong kind of handle is invalidArgument.") {
            fault in
            fault.result = { _, result in result.replacing(.wrongKind, with: .invalidArgument) }
        },
        .backend("handle.wrong-access-is-denied", breaks: "handle.wrong-access", summary: "The wrong access is permissionDenied.") {
            fault in
            fault.result = { _, result in result.replacing(.wrongAccess, with: .permissionDenied) }
        },
        .backend("handle.stale-is-wrong-kind", breaks: "handle.stale", summary: "A stale handle is of the wrong kind.") { fault in
            fault.result = { operation, result in
                operation.operation.kind == .close ? result : result.replacing(.badHandle, with: .wrongKind)
            }
        },
        .kernel(
            "handle.opened-reaches-programs", breaks: "handle.close-on-exec",
            summary: "The descriptor of an opened file reaches started programs.", disagreement: 44
        ) { fault in
            fault.result = { started, result in
                if started.operation.kind == .open, result >= 0 { NativeFault.leaveOpenOnExec(result) }
                return result
            }
        },
        .kernel(
            "handle.accepted-reaches-programs", breaks: "handle.close-on-exec",
            summary: "The descriptor of an accepted stream reaches started programs.", disagreement: 44
        ) { fault in
            fault.result = { started, result in
                if started.operation.kind == .accept, result >= 0 { NativeFault.leaveOpenOnExec(result) }
                return result
            }
        },
        .kernel(
            "handle.acquired-reaches-programs", breaks: "handle.close-on-exec",
            summary: "The descriptor of an acquired stream, pipe or listener reaches started programs.", disagreement: 44
        ) { fault in
            fault.acquired = { handle in
                if handle.kind != .directory { NativeFault.leaveOpenOnExec(handle.number) }
                return handle
            }
        },
        .backend("close.again-succeeds", breaks: "close.again", summary: "Closing a closed handle succeeds.") { fault in
            fault.result = { operation, result in
                operation.operation.kind == .close ? (result.isError(.badHandle) ? 0 : result) : result
            }
        },
        .kernel(
            "close.keeps-description", breaks: "close.ends-stream", "shutdown.releases",
            summary: "A closed stream lives on in a second descriptor."
        ) { fault in
            fault.start = { operation, handle in
                if operation.kind == .close, handle.kind == .stream || handle.kind == .pipe { NativeFault.leak(handle.number) }
                return (operation, handle)
            }
        },
        .kernel(
            "close.keeps-listening", breaks: "close.refuses-listener",
            summary: "A closed listener goes on listening, until the process ends."
        ) { fault in
            fault.start = { operation, handle in
                if operation.kind == .close, handle.kind == .listener { NativeFault.leak(handle.number) }
                return (operation, handle)
            }
        },
        .backend(
            "close.too-early", breaks: "close.cancels", summary: "The completion of a close comes before those of the operations it ends."
        ) { fault in
            fault.holds = { operation, others in
                operation.isEndedByClose
                    && others.contains { $0.operation.kind == .close && $0.operation.handle == operation.operation.handle }
            }
        },
    ]

    private static func openingBeneath(_ change: @escaping (inout NativeHandle) -> Void) -> (Operation, NativeHandle) -> (
        Operation, NativeHandle
    ) {
        { operation, handle in
            var handle = handle
            if operation.kind == .open { change(&handle) }
            return (operation, handle)
        }
    }
}

extension AcceptedOperation {
    fileprivate var isEndedByClose: Bool { operation.kind == .receive || operation.kind == .accept }
}
