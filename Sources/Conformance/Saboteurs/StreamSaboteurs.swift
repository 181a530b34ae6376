// Faults of streams, pipes and listeners.

import Glibc
import IOSpec

enum StreamSaboteurs {
    static let all: [Saboteur] = transfers + connecting + ending + accepting

    private static let transfers: [Saboteur] = [
        .backend("stream.end-only-once", breaks: "stream.receive-some", summary: "The end of a stream is told once, and then notConnected.")
        { fault in
            var ended: Set<Handle> = []
            fault.result = { operation, result in
                guard case .stream(.receive(let handle, let region)) = operation.operation, region.count > 0, result == 0 else {
                    return result
                }
                return ended.insert(handle).inserted ? result : IOError(.notConnected).encoded
            }
        },
        .kernel("stream.receive-waits-for-all", breaks: "stream.receive-some", summary: "A receive waits until its buffer is full.") {
            fault in
            fault.again = { started, result in
                guard case .stream(.receive(_, let region)) = started.operation, result > 0, !started.isStopped else { return nil }
                let moved = Int(started.moved + result)
                return moved < region.count ? started.operation.with(region.dropping(moved)) : nil
            }
            fault.result = { started, result in
                started.operation.kind == .receive && (result >= 0 || started.moved > 0) ? started.moved + max(0, result) : result
            }
        },
        .backend("stream.long-sends-cut", breaks: "stream.full-send", summary: "A send of more than 64 KiB moves 64 KiB.") { fault in
            fault.submission = { submission in
                guard submission.operation.kind == .send else { return submission }
                return submission.with(submission.operation.limited(to: 65_536))
            }
        },
        .kernel("stream.half-duplex", breaks: "stream.duplex", summary: "A send waits while a receive on the same stream is pending.") {
            fault in
            fault.holds = { started, pending in
                guard started.operation.kind == .send, started.handle.kind == .stream else { return false }
                return pending.values.contains { $0.operation.kind == .receive && $0.handle.number == started.handle.number && !$0.isHeld }
            }
        },
        .kernel("stream.loses-a-byte", breaks: "stream.conservation", summary: "The last byte of a long receive is lost.") { fault in
            fault.result = { started, result in started.operation.kind == .receive && result > 16 ? result - 1 : result }
        },
        .kernel("stream.small-sends-split", breaks: "stream.pipe-atomic", summary: "A send to a pipe goes out in pieces of 1,000 bytes.") {
            fault in
            fault.start = { operation, handle in
                handle.kind == .pipe && operation.kind == .send ? (operation.limited(to: 1000), handle) : (operation, handle)
            }
        },
        .kernel(
            "stream.not-ready-escapes", breaks: "stream.receive-some", "result.portable",
            summary: "A receive that has to wait fails with the kernel's try again.", disagreement: 51
        ) { fault in
            fault.disturbs = { _, isEarly in !isEarly }
            fault.result = { started, result in
                started.isDisturbed && started.operation.kind == .receive && result.isError(.cancelled)
                    ? IOError(.other, detail: UInt16(EAGAIN)).encoded : result
            }
        },
        .backend(
            "stream.not-connected-is-broken", breaks: "stream.not-connected",
            summary: "A transfer on a stream that is not connected is brokenPipe."
        ) { fault in
            fault.result = { _, result in result.replacing(.notConnected, with: .brokenPipe) }
        },
        .backend("stream.broken-is-reset", breaks: "stream.broken-pipe", summary: "Sending to a peer that is gone is connectionReset.") {
            fault in
            fault.result = { _, result in result.replacing(.brokenPipe, with: .connectionReset) }
        },
        .kernel(
            "stream.broken-raises-signal", breaks: "stream.no-signal", summary: "Sending to a peer that is gone raises SIGPIPE.",
            disagreement: 55
        ) { fault in
            fault.result = { _, result in
                if result.isError(.brokenPipe) { NativeFault.raise(SIGPIPE) }
                return result
            }
        },
        .kernel("stream.reset-is-end", breaks: "stream.reset-sticky", summary: "A reset looks like the end of the stream.") { fault in
            fault.result = { started, result in started.operation.kind == .receive && result.isError(.connectionReset) ? 0 : result }
        },
    ]

    private static let connecting: [Saboteur] = [
        .kernel(
            "stream.connect-always-succeeds", breaks: "stream.connect-outcome", summary: "A refused connect succeeds.", disagreement: 58
        ) { fault in
            fault.result = { started, result in started.operation.kind == .connect && result.isError(.connectionRefused) ? 0 : result }
        },
        .kernel(
            "stream.missing-name-is-refused", breaks: "stream.connect-outcome",
            summary: "Connecting to a name that does not exist is connectionRefused."
        ) { fault in
            fault.result = { started, result in
                started.operation.kind == .connect ? result.replacing(.notFound, with: .connectionRefused) : result
            }
        },
        .backend("stream.connect-again-succeeds", breaks: "stream.connect-again", summary: "Connecting a connected stream succeeds.") {
            fault in
            fault.result = { operation, result in
                operation.operation.kind == .connect && result.isError(.alreadyConnected) ? 0 : result
            }
        },
        .kernel(
            "stream.connect-spins", breaks: "stream.connect-waits", summary: "While a connect is pending the processor is kept busy.",
            disagreement: 61
        ) { fault in
            fault.deadline = { deadline, pending in
                pending.values.contains { $0.operation.kind == .connect } ? .distantPast : deadline
            }
        },
        .kernel(
            "stream.connect-without-room-fails", breaks: "stream.connect-waits",
            summary: "A connection that the peer has no room for is refused.", disagreement: 61
        ) { fault in
            var turns = 0
            fault.disturbs = { _, _ in
                turns += 1
                return turns % 4 == 0
            }
            fault.again = { started, result in
                // Whatever else was stopped goes on.
                started.isDisturbed && result.isError(.cancelled) && started.operation.kind != .connect ? started.operation : nil
            }
            fault.result = { started, result in
                started.isDisturbed && started.operation.kind == .connect ? result.replacing(.cancelled, with: .connectionRefused) : result
            }
        },
        .kernel("stream.address-has-no-port", breaks: "stream.address", summary: "The port of a listener at port 0 cannot be asked for.") {
            fault in
            fault.localAddress = { address in
                guard address.family == .internet4 else { return address }
                let bytes = address.bytes
                return .internet4(bytes[0], bytes[1], bytes[2], bytes[3], port: 0)
            }
        },
        .kernel("stream.address-in-use-is-denied", breaks: "stream.address", summary: "Listening at an address in use is permissionDenied.")
        { fault in
            fault.acquisitionError = { $0.cause == .addressInUse ? IOError(.permissionDenied, detail: $0.detail) : $0 }
        },
    ]

    private static let ending: [Saboteur] = [
        .kernel(
            "stream.half-close-is-close", breaks: "stream.half-close", summary: "Shutting down the sending half shuts down both.",
            disagreement: 72
        ) { fault in
            fault.start = { operation, handle in
                guard case .stream(.shutDown(let name, .sending)) = operation else { return (operation, handle) }
                return (.stream(.shutDown(name, .both)), handle)
            }
        },
        .backend(
            "stream.peers-end-ends-sending", breaks: "stream.half-close", summary: "After the peer's end, sending fails.", disagreement: 72
        ) { fault in
            var ended: Set<Handle> = []
            fault.result = { operation, result in
                switch operation.operation {
                case .stream(.receive(let handle, let region)):
                    if result == 0, region.count > 0 { ended.insert(handle) }
                    return result
                case .stream(.send(let handle, _)): return ended.contains(handle) ? IOError(.brokenPipe).encoded : result
                default: return result
                }
            }
        },
        .kernel(
            "stream.shutdown-receiving-does-nothing", breaks: "stream.shutdown-receiving",
            summary: "Shutting down the receiving half does nothing."
        ) { fault in
            fault.answer = { operation, _, _ in
                guard case .stream(.shutDown(_, .receiving)) = operation else { return nil }
                return .finished(0)
            }
        },
        .kernel(
            "stream.shutdown-receiving-fails-receive", breaks: "stream.shutdown-receiving",
            summary: "Shutting down the receiving half fails the pending receive."
        ) { fault in
            var shut: Set<Int32> = []
            fault.start = { operation, handle in
                if case .stream(.shutDown(_, .receiving)) = operation { shut.insert(handle.number) }
                return (operation, handle)
            }
            fault.result = { started, result in
                if started.operation.kind == .close { shut.remove(started.handle.number) }
                guard started.operation.kind == .receive, result == 0, shut.contains(started.handle.number) else { return result }
                return IOError(.notConnected).encoded
            }
        },
    ]

    private static let accepting: [Saboteur] = [
        .kernel(
            "stream.accept-loses-connections", breaks: "stream.accept",
            summary: "The second connection is dropped, and the accept waits for the next."
        ) { fault in
            var count = 0
            fault.again = { started, result in
                guard started.operation.kind == .accept, result >= 0, !started.isStopped else { return nil }
                count += 1
                guard count == 2 else { return nil }
                NativeFault.close(result)
                return started.operation
            }
        },
        .kernel(
            "stream.accept-exhausted-is-other", breaks: "stream.accept-exhausted",
            summary: "Out of descriptors, an accept is outOfResources."
        ) { fault in
            fault.result = { started, result in
                started.operation.kind == .accept ? result.replacing(.tooManyOpen, with: .outOfResources) : result
            }
        },
        .kernel(
            "stream.cancelled-accept-leaks", breaks: "stream.accept-race", "shutdown.releases",
            summary: "A connection that came with the cancel is lost, and its descriptor stays open.", disagreement: 106
        ) { fault in
            fault.result = { started, result in
                started.operation.kind == .accept && started.isStopped && result >= 0 ? IOError(.cancelled).encoded : result
            }
        },
        .kernel("stream.cancelled-accept-drops", breaks: "stream.accept-race", summary: "A connection that came with the cancel is closed.")
        { fault in
            fault.result = { started, result in
                guard started.operation.kind == .accept, started.isStopped, result >= 0 else { return result }
                NativeFault.close(result)
                return IOError(.cancelled).encoded
            }
        },
    ]
}
