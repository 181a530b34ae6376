// Waiting for the ends of processes.

import Glibc
import IOSpec

enum ProcessEndCases {
    static let all: [ConformanceCase] = [
        process("process.exit-codes", proves: "process.end") { c in
            for code in [0, 1, 42, 255] as [UInt8] {
                let handle = try c.acquire(.process(number: c.shell("exit \(code)")))
                try c.expect(c.submit(.watch(.processEnd(handle))), tells: .exited(code: code))
            }
        },
        process("process.signals", proves: "process.end") { c in
            for signal in [SIGTERM, SIGKILL, SIGUSR1] {
                let handle = try c.acquire(.process(number: c.shell("kill -\(signal) $$; exit 77")))
                try c.expect(c.submit(.watch(.processEnd(handle))), tells: .signalled(number: UInt8(signal)))
            }
        },
        process("process.lives", proves: "process.end", "cancel.prompt", title: "A wait for a process that lives goes on, and can be ended")
        { c in
            let child = try GatedChild(livingProgram: ())
            let handle = try c.acquire(.process(number: child.processNumber))
            let ended = try c.submit(.watch(.processEnd(handle)))
            let late = try c.submit(.watch(.processEnd(handle)), deadline: c.after(milliseconds: 40))
            try c.expectPending(ended)
            c.cancel(ended)
            try c.expect(c.complete(ended), failsWith: .cancelled, "a wait for a process", clause: "process.end")
            try c.expect(c.complete(late), failsWith: .timedOut, "a wait for a process past its deadline", clause: "process.end")
            let wait = try c.submit(.watch(.processEnd(handle)))
            try c.expectPending(wait)
            child.end()
            try c.expect(wait, tells: .exited(code: 0))
        },
        process("process.ended-before", proves: "process.end", "readiness.once") { c in
            let handle = try c.acquire(.process(number: c.shell("exit 5")))
            let watch = try c.watch(handle, .receiving)
            let told = Readiness(rawValue: UInt8(truncatingIfNeeded: try c.complete(watch).get()))
            try c.expect(told.contains(.receiving), "a process that has ended is ready (\(c.describe(told)))", clause: "readiness.once")
            let wait = try c.submit(.watch(.processEnd(handle)))
            c.cancel(wait)
            try c.expect(wait, tells: .exited(code: 5), clause: "cancel.result-wins")
        },
        process("process.told-once", proves: "process.end-once") { c in
            let child = try GatedChild(livingProgram: ())
            let first = try c.acquire(.process(number: child.processNumber))
            let second = try c.acquire(.process(number: child.processNumber))
            let waits = try (0..<4).map { _ in try c.submit(.watch(.processEnd(first))) }
            try c.expectPending(waits[0], waits[3])
            child.end()
            try c.expect(waits[0], tells: .exited(code: 0))
            for wait in waits.dropFirst() {
                try c.expect(c.complete(wait), failsWith: .notFound, "another wait for the same process", clause: "process.end-once")
            }
            try c.fails(.watch(.processEnd(second)), with: .notFound)
        },
        process("process.told-to-another", proves: "process.end-once", "process.child") { c in
            let number = try c.shell("exit 9")
            let handle = try c.acquire(.process(number: number))
            try c.expectEqual(ChildProcess.wait(for: number), 9, "the exit code that the case itself was told")
            try c.fails(.watch(.processEnd(handle)), with: .notFound)
            try c.expectEqual(
                c.errorOfAcquiring(.process(number: number))?.cause, .notFound, "the cause of acquiring a process whose end was told",
                clause: "process.child")
        },
        process("process.nobody-told", proves: "process.end-once", title: "Children whose ends the program ignores are not found") { c in
            let child = try GatedChild(livingProgram: ())
            let handle = try c.acquire(.process(number: child.processNumber))
            let wait = try c.submit(.watch(.processEnd(handle)))
            try c.expectPending(wait)
            signal(SIGCHLD, SIG_IGN)
            child.end()
            try c.expect(c.complete(wait), failsWith: .notFound, "the end of a child that nobody is told of", clause: "process.end-once")
            Native.resetSignal(SIGCHLD)
        },
        process("process.many", proves: "process.end", timeLimit: 40) { c in
            let codes = (0..<40).map { UInt8($0 * 6) }
            let handles = try codes.map { try c.acquire(.process(number: c.shell("exit \($0)"))) }
            let waits = try handles.map { try c.submit(.watch(.processEnd($0))) }
            for (wait, code) in zip(waits, codes).reversed() { try c.expect(wait, tells: .exited(code: code)) }
        },
        process("process.no-child", proves: "process.child") { c in
            for number in [getpid(), getppid(), 1, 0, -1, .max] {
                try c.expectEqual(
                    c.errorOfAcquiring(.process(number: number))?.cause, .notFound, "the cause of acquiring process \(number)",
                    clause: "process.child")
            }
        },
        process("process.close", proves: "close.cancels", "process.end") { c in
            let child = try GatedChild(livingProgram: ())
            let handle = try c.acquire(.process(number: child.processNumber))
            let wait = try c.submit(.watch(.processEnd(handle)))
            try c.expectPending(wait)
            try c.close(handle)
            try c.expect(c.complete(wait), failsWith: .cancelled, "a wait whose handle is closed", clause: "close.cancels")
            try c.expectEqual(child.open(), 0, "the exit code, which is left to be told")
        },
        process("process.only-waits", proves: "handle.wrong-kind") { c in
            let child = try GatedChild(livingProgram: ())
            let handle = try c.acquire(.process(number: child.processNumber))
            let memory = c.buffer(4)
            for operation in [
                Operation.stream(.receive(handle, into: memory.region)), .stream(.send(handle, from: memory.region)),
                .stream(.accept(handle)),
                .stream(.splice(from: handle, to: handle, count: 1, at: 0)), .file(.synchronize(handle)),
            ] { try c.fails(operation, with: .wrongKind) }
            try c.fails(.watch(.processEnd(c.pipe().first)), with: .wrongKind)
        },
    ]

    /// In a process of its own, since the suite's looks after children itself.
    private static func process(
        _ id: String, proves first: String, _ second: String? = nil, title: String? = nil, timeLimit: Double = 20,
        body: @escaping ConformanceCase.Body
    ) -> ConformanceCase {
        let requires: Capabilities = [.processes, .pipes, .nativeSystem]
        guard let second else {
            return ConformanceCase(
                id, proves: first, title: title, requires: requires, isolation: .childProcess, timeLimit: timeLimit, body: body)
        }
        return ConformanceCase(
            id, proves: first, second, title: title, requires: requires, isolation: .childProcess, timeLimit: timeLimit, body: body)
    }
}
