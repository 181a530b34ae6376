// Faults of transfers at positions.

import CLinuxIO
import Glibc
import IOSpec

enum FileSaboteurs {
    static let all: [Saboteur] = reading + positions + vectors + appending + storage

    private static let reading: [Saboteur] = [
        .backend(
            "file.end-is-error", breaks: "file.end-of-file", summary: "Reading at the end of a file fails.", disagreement: 1
        ) { fault in
            fault.result = { operation, result in
                operation.operation.kind == .read && result == 0 && operation.operation.region?.count != 0
                    ? IOError(.inputOutput).encoded : result
            }
        },
        .backend(
            "file.short-read-reported-whole", breaks: "file.end-of-file",
            summary: "A read across the end reports what was asked and not what was moved.", disagreement: 2
        ) { fault in
            fault.result = { operation, result in
                guard operation.operation.kind == .read, result > 0 else { return result }
                return Int32(operation.operation.region?.count ?? 0)
            }
        },
        .backend(
            "file.short-read-cleared", breaks: "file.untouched-past-count",
            summary: "A read across the end clears the buffer past what it read."
        ) { fault in
            fault.result = { operation, result in
                if operation.operation.kind == .read, result > 0 {
                    operation.operation.region?.overwrite(from: Int(result), count: .max / 2, with: 0)
                }
                return result
            }
        },
        .backend(
            "file.short-write-reported-whole", breaks: "file.too-large", "file.no-space", "result.moved-is-reported",
            summary: "A short write reports what was asked.", disagreement: 27
        ) { fault in
            fault.result = { operation, result in
                operation.operation.kind == .write && result > 0 ? Int32(operation.operation.region?.count ?? 0) : result
            }
        },
        .backend(
            "file.long-transfers-cut", breaks: "file.full-transfer", summary: "A transfer of more than 64 KiB moves 64 KiB."
        ) { fault in
            fault.submission = { submission in
                guard case .file = submission.operation else { return submission }
                return submission.with(submission.operation.limited(to: 65_536))
            }
        },
    ]

    private static let positions: [Saboteur] = [
        .kernel(
            "file.offset-in-32-bits", breaks: "file.large-offset", summary: "Offsets lose their upper 32 bits.", disagreement: 12
        ) { fault in
            fault.start = { operation, handle in (operation.offset.map { operation.at($0 & 0xffff_ffff) } ?? operation, handle) }
        },
        .backend(
            "file.length-in-30-bits", breaks: "result.transfer-limit", summary: "Lengths lose the bits above the limit.", disagreement: 13
        ) { fault in
            fault.submission = { submission in
                guard let region = submission.operation.region, region.count > Limits.maximumTransfer else { return submission }
                return submission.with(submission.operation.with(region.prefix(region.count % Limits.maximumTransfer)))
            }
        },
        .backend(
            "file.negative-offset-is-start", breaks: "result.offset-limit", summary: "A negative offset means the start of the file."
        ) { fault in
            fault.submission = { submission in
                guard let offset = submission.operation.offset else { return submission }
                return submission.with(submission.operation.at(max(0, offset)))
            }
        },
        .kernel(
            "file.moving-position", breaks: "file.positional",
            summary: "A read begins where the last one on the same file ended."
        ) { fault in
            var positions: [Int32: Int64] = [:]
            fault.start = { operation, handle in
                guard case .file(.read(_, let region, let offset)) = operation else { return (operation, handle) }
                let start = positions[handle.number] ?? offset
                positions[handle.number] = start + Int64(region.count)
                return (operation.at(start), handle)
            }
        },
        .kernel(
            "file.gap-is-not-zero", breaks: "file.holes", summary: "The first byte of a gap that a write leaves is not zero."
        ) { fault in
            fault.start = { operation, handle in
                guard operation.kind == .write, let offset = operation.offset else { return (operation, handle) }
                guard NativeFault.isPlainFile(handle.number), case let size = NativeFault.size(of: handle.number), size < offset else {
                    return (operation, handle)
                }
                NativeFault.write(0x5A, to: handle.number, at: size)
                return (operation, handle)
            }
        },
        .backend(
            "file.stream-has-positions", breaks: "file.not-seekable", summary: "A positional read of a pipe receives from it."
        ) { fault in
            var pipes: Set<Handle> = []
            fault.acquired = { kind, pair in if kind == .pipe { pipes.insert(pair.first) } }
            fault.submission = { submission in
                guard case .file(.read(let handle, let region, _)) = submission.operation, pipes.contains(handle) else { return submission }
                return submission.with(.stream(.receive(handle, into: region)))
            }
        },
    ]

    private static let vectors: [Saboteur] = [
        .backend(
            "file.last-of-many-segments-lost", breaks: "file.vectored", "result.segment-limit",
            summary: "Of as many segments as there may be, the last is left out.", disagreement: 24
        ) { fault in
            fault.submission = { submission in
                submission.with(submission.operation.segments { $0.count == Limits.maximumSegments ? $0.prefix($0.count - 1) : $0 })
            }
        },
        .backend(
            "file.empty-segment-ends", breaks: "file.vectored", summary: "An empty segment ends a vectored transfer."
        ) { fault in
            fault.submission = { submission in
                submission.with(
                    submission.operation.segments { segments in
                        if segments.count > Limits.maximumSegments || segments.count < 0 { return segments }
                        // Sound: the list is lent to the operation that is being submitted.
                        let end = (0..<segments.count).first { unsafe segments.region(at: $0).count == 0 }
                        return segments.prefix(end ?? segments.count)
                    })
            }
        },
    ]

    private static let appending: [Saboteur] = [
        .kernel(
            "file.append-overwrites-start", breaks: "file.append", summary: "An append goes to the start of the file.", disagreement: 9
        ) { fault in
            fault.start = { operation, handle in
                guard case .file(.append(let name, let region)) = operation else { return (operation, handle) }
                NativeFault.clear(O_APPEND, of: handle.number)
                return (.file(.write(name, from: region, at: 0)), handle)
            }
        },
        .kernel(
            "file.append-remembers-end", breaks: "file.append-concurrent",
            summary: "The end of the file is looked up once for each handle, so that appends through two handles overlap."
        ) { fault in
            var ends: [Int32: Int64] = [:]
            fault.start = { operation, handle in
                guard case .file(.append(let name, let region)) = operation else { return (operation, handle) }
                NativeFault.clear(O_APPEND, of: handle.number)
                let end = ends[handle.number] ?? NativeFault.size(of: handle.number)
                ends[handle.number] = end + Int64(region.count)
                return (.file(.write(name, from: region, at: end)), handle)
            }
            fault.result = { started, result in
                // The number may soon name another file.
                if started.operation.kind == .close { ends[started.handle.number] = nil }
                return result
            }
        },
    ]

    private static let storage: [Saboteur] = [
        .kernel(
            "file.too-large-is-no-space", breaks: "file.too-large", summary: "A write beyond the largest size is said to lack storage."
        ) { fault in
            fault.result = { _, result in result.replacing(.fileTooLarge, with: .noSpace) }
        },
        .kernel(
            "file.too-large-raises-signal", breaks: "file.too-large", summary: "A write beyond the largest size raises SIGXFSZ."
        ) { fault in
            fault.result = { _, result in
                if result.isError(.fileTooLarge) { NativeFault.raise(SIGXFSZ) }
                return result
            }
        },
        .kernel(
            "file.no-space-is-success", breaks: "file.no-space", summary: "A write without storage left is reported as done."
        ) { fault in
            fault.result = { started, result in
                result.isError(.noSpace) ? Int32(started.operation.region?.count ?? 0) : result
            }
        },
        .backend(
            "file.direct-alignment-unknown", breaks: "file.direct-query", summary: "The alignment of direct transfers is told as 0."
        ) { fault in
            fault.result = changingStatus { status in
                status.directMemoryAlignment = 0
                status.directOffsetAlignment = 0
            }
        },
        .backend(
            "file.direct-through-cache", breaks: "file.direct-alignment",
            summary: "Direct transfers that are not aligned are served through the cache.", disagreement: 25
        ) { fault in
            fault.submission = { $0.with($0.operation.opening { $0.subtracting(.direct) }) }
        },
        .backend(
            "file.misaligned-is-invalid", breaks: "file.direct-alignment", summary: "A transfer that is not aligned is invalidArgument."
        ) { fault in
            fault.result = { _, result in result.replacing(.misaligned, with: .invalidArgument) }
        },
        .kernel(
            "file.sync-needs-writing", breaks: "file.sync", summary: "Synchronizing fails on what was not opened for writing."
        ) { fault in
            fault.answer = { operation, handle, _ in
                guard operation.kind == .synchronize || operation.kind == .synchronizeData else { return nil }
                return handle.traits.contains(.writing) ? nil : .finished(IOError(.wrongAccess).encoded)
            }
        },
        .backend("file.sync-on-pipe-succeeds", breaks: "file.sync", summary: "Synchronizing a pipe or stream succeeds.") { fault in
            fault.result = { operation, result in
                switch operation.operation.kind {
                case .synchronize, .synchronizeData: result.isError(.wrongKind) ? 0 : result
                default: result
                }
            }
        },
        .kernel(
            "file.status-is-old", breaks: "file.status", summary: "The size that a status tells is that of the first status of the file."
        ) { fault in
            var sizes: [Int32: Int64] = [:]
            fault.result = { started, result in
                if started.operation.kind == .close { sizes[started.handle.number] = nil }
                guard case .file(.status(_, let region)) = started.operation, result == 0 else { return result }
                region.changeStatus { status in
                    status.size = sizes[started.handle.number] ?? status.size
                    sizes[started.handle.number] = status.size
                }
                return result
            }
        },
        .backend("file.status-without-kind", breaks: "file.status", summary: "A status calls everything a file.") { fault in
            fault.result = changingStatus { $0.kind = .file }
        },
        .backend("file.status-without-times", breaks: "file.status", summary: "A status tells no times.") { fault in
            fault.result = changingStatus { status in
                status.modificationTime = 0
                status.accessTime = 0
            }
        },
        .kernel("file.truncate-only-grows", breaks: "file.truncate", summary: "Truncating never makes a file shorter.") { fault in
            fault.answer = { operation, handle, _ in
                guard case .file(.truncate(_, let length)) = operation else { return nil }
                return length < NativeFault.size(of: handle.number) ? .finished(0) : nil
            }
        },
        .kernel(
            "file.truncate-adds-garbage", breaks: "file.truncate", summary: "What truncating adds does not read as zeros."
        ) { fault in
            fault.start = { operation, handle in
                guard case .file(.truncate(_, let length)) = operation else { return (operation, handle) }
                let size = NativeFault.size(of: handle.number)
                if size < length { NativeFault.write(0x5A, to: handle.number, at: size) }
                return (operation, handle)
            }
        },
        .kernel(
            "file.special-is-unsupported", breaks: "file.special",
            summary: "What is not a plain file with contents of its own is not supported."
        ) { fault in
            fault.answer = { operation, handle, _ in
                guard operation.offset != nil, !NativeFault.isPlainFile(handle.number) || NativeFault.hasNoSize(handle.number) else {
                    return nil
                }
                return operation.kind == .read ? .finished(IOError(.unsupported).encoded) : nil
            }
        },
    ]

    private static func changingStatus(_ change: @escaping (inout FileStatus) -> Void) -> (AcceptedOperation, Int32) -> Int32 {
        { operation, result in
            if case .file(.status(_, let region)) = operation.operation, result == 0 { region.changeStatus(change) }
            return result
        }
    }
}
