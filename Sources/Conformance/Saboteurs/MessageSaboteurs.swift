// Faults of messages, of the handles that they pass, and of options.

import Glibc
import IOEngine
import IOSpec

enum MessageSaboteurs {
    static let all: [Saboteur] = messages + waiting + handles + options + segments

    private static let messages: [Saboteur] = [
        .kernel("message.loses-a-byte", breaks: "message.whole", summary: "The last byte of a message is lost.") { fault in
            fault.result = { started, result in started.operation.kind == .receiveMessage && result > 1 ? result - 1 : result }
        },
        .kernel("message.empty-is-end", breaks: "message.empty", "message.end", summary: "An empty message says that it is the end.") {
            fault in
            fault.result = { started, result in
                if result == 0 { started.operation.receivedMessage?.changeMessage { $0.flags.insert(.endOfStream) } }
                return result
            }
        },
        .kernel(
            "message.empty-is-skipped", breaks: "message.empty",
            summary: "An empty datagram is dropped, and the receive waits for the next."
        ) { fault in
            fault.again = { started, result in
                started.operation.kind == .receiveMessage && started.handle.kind == .datagram && result == 0 && !started.isStopped
                    ? started.operation : nil
            }
        },
        .kernel("message.truncated-is-silent", breaks: "message.truncated", summary: "A message that was cut off does not say so.") {
            fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changeMessage { $0.flags.remove(.truncated) }
                return result
            }
        },
        .kernel("message.truncated-length", breaks: "message.truncated", summary: "The length of a message is that of what was received.") {
            fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changeMessage { $0.length = Int(max(0, result)) }
                return result
            }
        },
        .backend("message.too-long-succeeds", breaks: "message.too-long", summary: "A message that is too long is dropped in silence.") {
            fault in
            fault.result = { operation, result in
                operation.operation.kind == .sendMessage && result.isError(.messageTooLong) ? 0 : result
            }
        },
        .engine(
            "message.last-in-first-out", breaks: "message.order", summary: "Of two messages in one direction the last goes first.",
            faults: .lastInFirstOut),
        .kernel("message.sender-is-lost", breaks: "message.address", summary: "The address of a datagram's sender is not told.") { fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changeMessage { $0.flags.remove(.hasAddress) }
                return result
            }
        },
        .kernel(
            "message.other-family-is-other-error", breaks: "message.address",
            summary: "A datagram to an address of another family is unsupported."
        ) { fault in
            fault.result = { started, result in
                started.operation.kind == .sendMessage ? result.replacing(.invalidArgument, with: .unsupported) : result
            }
        },
        .backend("message.to-nobody-succeeds", breaks: "message.not-connected", summary: "A message to nobody is sent.") { fault in
            fault.result = { operation, result in
                operation.operation.kind == .sendMessage && result.isError(.notConnected) ? 1 : result
            }
        },
        .kernel("message.refusal-is-hidden", breaks: "message.refused", summary: "That a datagram was refused is not told.") { fault in
            fault.again = { started, result in
                started.handle.kind == .datagram && result.isError(.connectionRefused) && !started.isStopped ? started.operation : nil
            }
        },
        .kernel("message.refusal-stays", breaks: "message.refused", summary: "A handle whose datagram was refused stays refused.") {
            fault in
            var refused: Set<Int32> = []
            fault.result = { started, result in
                if started.operation.kind == .close { refused.remove(started.handle.number) }
                guard started.handle.kind == .datagram, started.operation.kind != .close else { return result }
                if result.isError(.connectionRefused) { refused.insert(started.handle.number) }
                return refused.contains(started.handle.number) ? IOError(.connectionRefused).encoded : result
            }
        },
        .kernel("message.end-is-empty", breaks: "message.end", summary: "The end of packets looks like an empty message.") { fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changeMessage { $0.flags.remove(.endOfStream) }
                return result
            }
        },
    ]

    private static let waiting: [Saboteur] = [
        .kernel("message.waiting-spins", breaks: "message.room", summary: "While a message waits for room the processor is kept busy.") {
            fault in
            fault.deadline = { deadline, pending in
                pending.values.contains { $0.operation.kind == .sendMessage } ? .distantPast : deadline
            }
        },
        .kernel(
            "message.without-room-is-dropped", breaks: "message.room",
            summary: "A message for which there is no room is dropped, as if it were sent."
        ) {
            fault in
            var turns = 0
            fault.disturbs = { _, _ in
                turns += 1
                return turns % 4 == 0
            }
            fault.again = { started, result in
                started.isDisturbed && result.isError(.cancelled) && started.operation.kind != .sendMessage ? started.operation : nil
            }
            fault.result = { started, result in
                started.isDisturbed && started.operation.kind == .sendMessage && result.isError(.cancelled) ? 64 : result
            }
        },
        .kernel(
            "message.room-is-overlooked", breaks: "cancel.result-wins",
            summary: "A message that waited for room and was cancelled says so, although it was sent."
        ) { fault in
            fault.result = { started, result in
                let isCancelled = started.isStopped && started.operation.kind == .sendMessage
                return isCancelled && result >= 0 ? IOError(.cancelled).encoded : result
            }
        },
    ]

    private static let handles: [Saboteur] = [
        .kernel(
            "message.begins-anew", breaks: "message.handles",
            summary: "A message that waits is begun anew, and meets handles that were closed meanwhile."
        ) { fault in
            var turns = 0
            fault.disturbs = { _, _ in
                turns += 1
                return turns % 4 == 0
            }
        },
        .kernel("message.handles-swapped", breaks: "message.handles", summary: "Handles come in another order than they were passed.") {
            fault in
            fault.others = { _, others in others.reversed() }
        },
        .kernel("message.access-is-forgotten", breaks: "message.handles", summary: "Whatever comes may be read and written.") { fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changePassed { $0.traits.formUnion([.reading, .writing]) }
                return result
            }
        },
        .kernel("message.kind-is-forgotten", breaks: "message.handles", summary: "Whatever comes is a file.") { fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changePassed { $0.kind = .file }
                return result
            }
        },
        .kernel(
            "message.handles-inherited", breaks: "handle.close-on-exec", summary: "Started programs keep open what was passed.",
            disagreement: 44
        ) {
            fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changePassed { NativeFault.leaveOpenOnExec($0.number) }
                return result
            }
        },
        .kernel(
            "message.truncated-handles-leak", breaks: "message.handles-closed", summary: "Of handles without room one stays open.",
            disagreement: 80
        ) { fault in
            var passed: Int32?
            fault.others = { _, others in
                passed = others.first?.number ?? passed
                return others
            }
            fault.result = { started, result in
                started.operation.receivedMessage?.changeMessage { message in
                    if message.flags.contains(.handlesTruncated), let passed { NativeFault.leak(passed) }
                }
                return result
            }
        },
        .kernel("message.truncated-handles-silent", breaks: "message.handles-closed", summary: "That handles had no room is not told.") {
            fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changeMessage { $0.flags.remove(.handlesTruncated) }
                return result
            }
        },
        .backend(
            "message.stale-is-other-error", breaks: "message.handles-refused",
            summary: "Passing a handle that is not open is invalidArgument."
        ) {
            fault in
            fault.result = { operation, result in
                operation.operation.kind == .sendMessage ? result.replacing(.badHandle, with: .invalidArgument) : result
            }
        },
        .kernel(
            "message.shared-flags-change", breaks: "message.handles-shared",
            summary: "Calls on what comes are made not to wait, for everybody.",
            disagreement: 68
        ) { fault in
            fault.result = { started, result in
                started.operation.receivedMessage?.changePassed { NativeFault.set(O_NONBLOCK, of: $0.number) }
                return result
            }
        },
    ]

    private static let options: [Saboteur] = [
        .kernel("option.off-is-ignored", breaks: "option.set", summary: "Switching an option off does nothing.") { fault in
            fault.answer = { operation, _, _ in
                if case .stream(.setOption(_, _, 0)) = operation { .finished(0) } else { nil }
            }
        },
        .kernel("option.sizes-ignored", breaks: "option.buffer", summary: "Sizes of buffers are not set.") { fault in
            fault.answer = { operation, _, _ in
                switch operation {
                case .stream(.setOption(_, .receiveBuffer, _)), .stream(.setOption(_, .sendBuffer, _)): .finished(0)
                case .stream(.option(_, .receiveBuffer)), .stream(.option(_, .sendBuffer)): .finished(4096)
                default: nil
                }
            }
        },
        .backend(
            "option.lacking-succeeds", breaks: "option.unsupported", summary: "An option that a handle does not have is set all the same."
        ) { fault in
            fault.result = { operation, result in
                operation.operation.kind == .setOption && result.isError(.unsupported) ? 0 : result
            }
        },
        .kernel("option.reset-is-end", breaks: "option.resets-on-close", summary: "Closing never breaks a connection.") { fault in
            fault.answer = { operation, _, _ in
                if case .stream(.setOption(_, .resetsOnClose, _)) = operation { .finished(0) } else { nil }
            }
        },
    ]

    private static let segments: [Saboteur] = [
        .engine(
            "stream.exact-receives-are-short", breaks: "stream.receive-exactly", summary: "A receiveExactly takes what is there.",
            faults: .leavesTransfersShort),
        .kernel("stream.segments-begin-late", breaks: "stream.vectored", summary: "Of several segments the first is left out.") { fault in
            fault.start = { operation, handle in
                guard case .stream(let stream) = operation else { return (operation, handle) }
                return (.stream(stream.segments { $0.count > 1 ? $0.dropping(1) : $0 }), handle)
            }
        },
    ]
}
