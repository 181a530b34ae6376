// Tasks of the language that wait for operations, and are cancelled at any moment.

import IOSpec

enum TaskRaceCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "race.cancel-task", proves: "cancel.race", "stream.conservation", "completion.exactly-one",
            title: "A task that waits for a receive is resumed once, whenever it is cancelled", kind: .stochastic(iterations: 200),
            requires: .localStreams, isolation: .childProcess, timeLimit: 40, body: tasks
        ).leavingThreadPool()
    ]

    /// What a task was told in the end.
    private enum Answer {
        case received
        case cancelled
    }

    /// What tasks ask of the backend's thread, which alone submits and cancels, and what became of them.
    private final class Desk: Sendable {
        enum Request {
            case receive(CheckedContinuation<Answer, Never>)
            case cancel
        }

        private let requests = Guarded<[Request]>([])
        private let answers = Guarded<[Answer]>([])
        private let waker: any IOWaker

        init(waker: any IOWaker) {
            self.waker = waker
        }

        func ask(_ request: Request) {
            requests.withLock { $0.append(request) }
            waker.wake()
        }

        func taken() -> [Request] {
            requests.withLock { requests in
                defer { requests.removeAll() }
                return requests
            }
        }

        func tell(_ answer: Answer) {
            answers.withLock { $0.append(answer) }
            waker.wake()
        }

        var told: [Answer] { answers.withLock { $0 } }
    }

    /// The receive of one task, as the backend's thread knows it.
    private struct Waiting {
        var receive: OperationID?
        var continuation: CheckedContinuation<Answer, Never>?
        var isCancelled = false
    }

    private static func tasks(_ c: CaseContext) throws {
        let stream = try PeeredStream(c, .local)
        defer { stream.peer.close() }
        let partner = try RacePartner.sending(from: stream.peer)
        let memory = c.buffer(8)
        try c.race(event: "received", challenger: "cancelled", with: partner) { number in
            memory.fill(with: 0xA5)
            let desk = Desk(waker: c.waker)
            let task = Task.detached {
                let answer = await withTaskCancellationHandler {
                    await withCheckedContinuation { desk.ask(.receive($0)) }
                } onCancel: {
                    desk.ask(.cancel)
                }
                desk.tell(answer)
            }
            return (task: task, desk: desk, byte: UInt8(truncatingIfNeeded: number))
        } challenge: { round in
            // From a thread of the pool, where tasks are cancelled in a program.
            Task.detached { round.task.cancel() }
            try serve(round.desk, c, stream.receiver, into: memory)
        } judge: { round, _ in
            let answer = try c.only(round.desk.told, "the answers that the task got")
            if answer == .received {
                try c.expectEqual(memory[0], round.byte, "the byte that the task got", clause: "stream.conservation")
                return true
            }
            try c.expectEqual(
                c.receive(8, from: stream.receiver), [round.byte], "what is left in the stream", clause: "stream.conservation")
            try c.expectUntouched(memory, "a receive whose task was cancelled")
            return false
        }
    }

    /// Does what a task asks for, until the task is over.
    private static func serve(_ desk: Desk, _ c: CaseContext, _ receiver: Handle, into memory: CaseBuffer) throws {
        var waiting = Waiting()
        try c.reap(until: "the end of a task") {
            for request in desk.taken() {
                switch request {
                case .receive(let continuation):
                    waiting.receive = try c.submit(.stream(.receive(receiver, into: memory.region)))
                    waiting.continuation = continuation
                case .cancel: waiting.isCancelled = true
                }
                if waiting.isCancelled, let receive = waiting.receive { c.cancel(receive) }
            }
            if let receive = waiting.receive, c.isComplete(receive), let continuation = waiting.continuation {
                waiting.continuation = nil
                let completion = try c.complete(receive)
                if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "the receive of a task") }
                continuation.resume(returning: completion.error == nil ? .received : .cancelled)
            }
            return !desk.told.isEmpty
        }
    }
}

extension CaseContext {
    /// The only one of `values`.
    fileprivate func only<Value>(_ values: [Value], _ what: String) throws -> Value {
        try expectEqual(values.count, 1, "the number of \(what)")
        return values[0]
    }
}
