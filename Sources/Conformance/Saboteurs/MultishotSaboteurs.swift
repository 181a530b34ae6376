// Faults of multishot operations, selected buffers, zero-copy sends and registered resources.

import CLinuxIO
import IOSpec

enum MultishotSaboteurs {
    static let all: [Saboteur] = accepting + receiving + ending + registering

    private static let accepting: [Saboteur] = [
        .backend(
            "multishot.accept-repeats", breaks: "multishot.accept",
            summary: "Every connection of a multishot accept has the first one's handle."
        ) {
            fault in
            var first: [OperationID: Int32] = [:]
            fault.result = { operation, result in
                guard operation.operation.kind == .acceptMultishot, result >= 0 else { return result }
                return first[operation.identity]
                    ?? {
                        first[operation.identity] = result; return result
                    }()
            }
        },
        .backend(
            "multishot.exhausted-is-other", breaks: "multishot.exhausted", summary: "Out of handles, a multishot accept is outOfResources."
        ) { fault in
            fault.result = { operation, result in
                operation.operation.kind == .acceptMultishot ? result.replacing(.tooManyOpen, with: .outOfResources) : result
            }
        },
        .kernel(
            "multishot.exhausted-drops", breaks: "multishot.exhausted",
            summary: "The connection after the second one of a multishot accept is closed, and the accept is tooManyOpen."
        ) { fault in
            var count = 0
            fault.result = { started, result in
                guard started.operation.kind == .acceptMultishot, result >= 0 else { return result }
                count += 1
                guard count == 3 else { return result }
                NativeFault.close(result)
                return IOError(.tooManyOpen).encoded
            }
        },
    ]

    private static let receiving: [Saboteur] = [
        .backend(
            "multishot.wrong-buffer", breaks: "multishot.receive",
            summary: "A multishot receive names the buffer beside the one that it filled."
        ) {
            fault in
            fault.result = { operation, result in
                guard operation.operation.kind == .receiveMultishot, let buffer = SelectedBuffer(encoded: result) else { return result }
                return SelectedBuffer(index: buffer.index ^ 1, count: buffer.count).encoded
            }
        },
        .backend("multishot.loses-a-byte", breaks: "multishot.receive", summary: "The last byte of a full buffer is lost.") { fault in
            fault.result = { operation, result in
                guard operation.operation.kind == .receiveMultishot, let buffer = SelectedBuffer(encoded: result), buffer.count > 15 else {
                    return result
                }
                return SelectedBuffer(index: buffer.index, count: buffer.count - 1).encoded
            }
        },
        .kernel(
            "multishot.no-buffers-stays", breaks: "multishot.no-buffers",
            summary: "A stream whose bytes once met no buffer never gets one again."
        ) { fault in
            var deprived: Set<Int32> = []
            fault.result = { started, result in
                if result.isError(.noBuffers) { deprived.insert(started.handle.number) }
                return result
            }
            fault.answer = { operation, handle, _ in
                guard operation.kind == .receiveMultishot, deprived.contains(handle.number) else { return nil }
                return .finished(result: IOError(.noBuffers).encoded, made: .file)
            }
        },
        .backend("multishot.no-buffers-is-other", breaks: "multishot.no-buffers", summary: "Without buffers a receive is outOfResources.") {
            fault in
            fault.result = { $1.replacing(.noBuffers, with: .outOfResources) }
        },
        .kernel(
            "multishot.no-buffers-loses", breaks: "multishot.no-buffers", summary: "A byte that meets no buffer is lost.", disagreement: 85
        ) { fault in
            fault.result = { started, result in
                if result.isError(.noBuffers) { NativeFault.takeByte(from: started.handle.number) }
                return result
            }
        },
    ]

    private static let ending: [Saboteur] = [
        .backend(
            "multishot.end-is-cancelled", breaks: "multishot.ends", summary: "The end of the stream ends a multishot receive as cancelled."
        ) {
            fault in
            fault.result = { operation, result in
                operation.operation.kind == .receiveMultishot && result == 0 ? IOError(.cancelled).encoded : result
            }
        },
        .backend("multishot.ends-early", breaks: "multishot.ends", "completion.exactly-one", summary: "A shot says that no more follow.") {
            fault in
            fault.announcesMore = { _ in false }
        },
        .backend("multishot.cancel-is-end", breaks: "multishot.ends", summary: "A multishot operation that was cancelled says 0.") {
            fault in
            fault.result = { operation, result in operation.operation.kind.isMultishot ? result.isError(.cancelled) ? 0 : result : result }
        },
        .backend(
            "multishot.cancel-loses", breaks: "multishot.conserves",
            summary: "A byte that comes after a multishot receive was cancelled is lost."
        ) { fault in
            fault.result = { operation, result in
                guard operation.operation.kind == .receiveMultishot, operation.isCancelled, let buffer = SelectedBuffer(encoded: result),
                    buffer.count > 1
                else { return result }
                return SelectedBuffer(index: buffer.index, count: buffer.count - 1).encoded
            }
        },
        .kernel(
            "multishot.cancelled-accept-drops", breaks: "multishot.conserves",
            summary: "A connection that comes after a multishot accept was cancelled is closed.", disagreement: 106
        ) { fault in
            fault.result = { started, result in
                guard started.operation.kind == .acceptMultishot, started.isStopped, result >= 0 else { return result }
                NativeFault.close(result)
                return IOError(.cancelled).encoded
            }
        },
        .kernel(
            "stream.zero-copy-uses-memory", breaks: "stream.zero-copy", "buffer.owned-until-completion",
            summary: "A zero-copy send completes before the kernel has done with its memory.", disagreement: 86
        ) { fault in
            // What the kernel would read later is what the memory is changed to after the completion.
            fault.start = { operation, handle in
                if case .stream(.sendZeroCopy(_, let region)) = operation { region.overwrite(from: region.count / 2, count: 1, with: 0) }
                return (operation, handle)
            }
        },
        .kernel("stream.zero-copy-cut", breaks: "stream.zero-copy", summary: "A zero-copy send of more than 4,000 bytes loses the rest.") {
            fault in
            fault.start = { operation, handle in
                guard case .stream(.sendZeroCopy(let name, let region)) = operation else { return (operation, handle) }
                return (.stream(.sendZeroCopy(name, from: region.prefix(4000))), handle)
            }
            fault.result = { started, result in
                guard case .stream(.sendZeroCopy(_, let region)) = started.operation, result == 4000 else { return result }
                return Int32(region.count)
            }
        },
    ]

    private static let registering: [Saboteur] = [
        .kernel(
            "register.memory-misplaces", breaks: "register.memory",
            summary: "A read into registered memory is of the byte after the one asked for."
        ) {
            fault in
            var areas: [MemoryRegion] = []
            fault.registersMemory = { areas.append($0) }
            fault.start = { operation, handle in
                guard case .file(.read(_, let region, let offset)) = operation, areas.contains(where: { $0.holds(region) }) else {
                    return (operation, handle)
                }
                return (operation.at(offset + 1), handle)
            }
        },
        .kernel(
            "register.handle-stays-open", breaks: "register.handle", "close.ends-stream",
            summary: "What a registered handle refers to stays open when it is closed."
        ) { fault in
            fault.registersHandle = { NativeFault.leak($0.number) }
        },
    ]
}

extension NativeFault {
    /// Takes a byte that nobody will see, if there is one.
    fileprivate static func takeByte(from descriptor: Int32) {
        if linuxio_readable_bytes(descriptor) <= 0 { return }
        var byte: UInt8 = 0
        _ = unsafe linuxio_read(descriptor, &byte, 1)
    }
}

extension MemoryRegion {
    fileprivate func holds(_ other: MemoryRegion) -> Bool {
        other.address >= address && other.address + UInt(other.count) <= address + UInt(count)
    }
}
