// Faults that only show after a long wait, after many backends, or once a close is over.

import Glibc
import IOSpec
import Synchronization

enum EnduranceSaboteurs {
    static let all: [Saboteur] = [
        .backend(
            "idle.cancelled-unasked", breaks: "completion.idle",
            summary: "What has waited for more than eight seconds ends as cancelled, as what an ended thread had submitted does.",
            disagreement: 129
        ) { fault in
            var starts: [Int64] = [0]
            fault.submission = { submission in
                starts.append(Native.clock)
                return submission
            }
            fault.result = { operation, result in
                guard operation.operation.kind == .receive, starts.indices.contains(operation.sequence) else { return result }
                let waited = Native.clock - starts[operation.sequence]
                return waited > 8000 * NativeFault.millisecond ? IOError(.cancelled).encoded : result
            }
        },
        .kernel(
            "close.holds-file", breaks: "close.lets-go", summary: "A closed file stays open for writing in a second descriptor."
        ) { fault in
            fault.start = { operation, handle in
                if operation.kind == .close, handle.kind == .file { NativeFault.leak(handle.number) }
                return (operation, handle)
            }
        },
        .kernel(
            "shutdown.leaks-one-in-a-thousand", breaks: "shutdown.releases", summary: "One backend in a thousand leaves a descriptor open.",
            disagreement: 127
        ) { fault in
            fault.begin = {
                if BackendBeginnings.next() % 1000 == 500 { NativeFault.leak(STDERR_FILENO) }
            }
        },
    ]
}

/// Counts the backends that were made in this process.
private enum BackendBeginnings {
    private static let count = Atomic(0)

    static func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
