// Claims about mechanisms that do not hold.

import IOSpec
import LinuxSupport

enum MechanismSaboteurs {
    static let all: [Saboteur] = wrongClaims + wrongDeeds

    /// What every backend does in one way, published as another.
    private static let wrongClaims: [Saboteur] = [
        claim(.native, of: .open, "What a worker does is published as native."),
        claim(.readiness, of: .open, "What a worker does is published as readiness."),
        claim(.emulated, of: .open, "What a worker does is published as emulated."),
        claim(.readinessOrWorker, of: .open, "What is a worker's in all its forms is published as one's in some."),
        claim(.readiness, of: .splice, "That some forms are a worker's is not published."),
        claim(.inline, of: .synchronize, "What goes on after submitting is published as inline."),
        claim(.native, of: .shutDown, "A call made while submitting is published as native."),
        claim(.worker, of: .shutDown, "A call made while submitting is published as a worker's."),
        claim(.emulated, of: .shutDown, "A system call is published as emulated."),
        claim(.worker, of: .timer, "What the engine does is published as a worker's."),
        claim(.unsupported, of: .shutDown, "What is carried out is published as unsupported."),
    ]

    private static let wrongDeeds: [Saboteur] = [
        .kernel(
            "mechanism.worker-is-inline", breaks: "availability.mechanism-holds",
            summary: "What is published as a worker's is done while submitting."
        ) { fault in
            fault.answer = { operation, handle, _ in
                guard case .path = operation, case .finished(let result, let made) = open(operation, handle) else { return nil }
                return .finished(result: result, made: made)
            }
        },
        .kernel(
            "mechanism.inline-waits", breaks: "availability.mechanism-holds",
            summary: "What is published as inline waits while it is submitted."
        ) { fault in
            fault.start = { operation, handle in
                if operation.kind == .shutDown { NativeFault.sleep() }
                return (operation, handle)
            }
        },
        .kernel(
            "mechanism.inline-starts-thread", breaks: "availability.mechanism-holds",
            summary: "What is published as inline starts a thread."
        ) { fault in
            fault.start = { operation, handle in
                if operation.kind == .shutDown { NativeFault.startThread() }
                return (operation, handle)
            }
        },
    ]

    private static func claim(_ mechanism: Mechanism, of kind: OperationKind, _ summary: String) -> Saboteur {
        .backend("mechanism.\(kind)-as-\(mechanism)", breaks: "availability.mechanism-holds", summary: summary) { fault in
            fault.mechanism = { $0 == kind ? mechanism : $1 }
        }
    }

    private static func open(_ operation: Operation, _ handle: NativeHandle) -> BlockingOutcome {
        BlockingCall.run(operation, on: handle, nonBlocking: false)
    }
}
