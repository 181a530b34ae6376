// The parent's view of one child: what it runs, until when, and what it has said.

import CLinuxIO
import Glibc

/// A running child with its batch.
final class ChildWorker {
    /// What a child may take beside the time limit of a case: to start, and to let the kernel release what the case used.
    private static var grace: Int64 { 6_000_000_000 }
    /// The same beside the time limit of a case on a sabotaged backend, which often hangs and whose release nobody judges.
    private static var sabotagedGrace: Int64 { 2_000_000_000 }

    /// The most bytes of an unreadable line that are quoted.
    private static var longestQuote: Int { 200 }

    /// What the child runs.
    let batch: CaseBatch
    /// The cases that have no result so far; the first one is running once `isRunning`.
    private(set) var remaining: ArraySlice<ConformanceCase>
    /// Whether the first of the remaining cases was begun.
    private(set) var isRunning = false
    /// How the running case has failed already, although its backend is not gone yet.
    private(set) var foreseen: CaseResult?
    /// The result of the last case, which counts only once the child has ended well.
    private(set) var last: CaseResult?
    /// What a probe has said.
    private(set) var hasProbed = false
    /// A line of the child that is no message, once there was one; what it says later is not read.
    private(set) var unreadable: String?
    /// Whether the child has closed its channel; it may not have ended yet.
    private(set) var isSilent = false
    /// When the child is to be killed, on the monotonic clock.
    private(set) var end: Int64
    /// The descriptor on which it speaks.
    let channel: Int32

    private var isSabotaged: Bool { batch.saboteur != nil && batch.breaksRules }

    private let child: pid_t
    /// What the child's running case did last, which is to be read only after the child's end.
    private let trace: CaseTrace
    /// Holds what the child prints: the reason of a crash.
    private let output: Int32
    private var unread: [UInt8] = []
    private var start: Int64

    /// Starts a child.
    init(_ batch: CaseBatch, host: ChildHost, seed: UInt64) throws {
        self.batch = batch
        remaining = batch.cases[...]
        start = CaseContext.clock
        end = start + Self.grace
        let session = ChildSession(
            backend: batch.backend, mode: batch.mode, saboteur: batch.saboteur, seed: seed, stopsAtFailure: batch.stopsAtFailure,
            cases: batch.cases.map(ChildSession.word)
        )
        var ends: [Int32] = [0, 0]
        try unsafe Native.check(linuxio_pipe2(&ends, LINUXIO_O_CLOEXEC), "cannot make a pipe to a child")
        defer { Native.close(ends[1]) }
        channel = ends[0]
        output = try unsafe Native.check(linuxio_memfd_create("output", LINUXIO_MFD_CLOEXEC), "cannot hold a child's output")
        let shared = try CaseTrace.shared()
        defer { Native.close(shared.descriptor) }
        trace = shared.trace
        child = try ChildProcess.spawn(
            host.executable, host.arguments(for: session),
            passing: [1: output, 2: output, ChildSession.channel: ends[1], CaseTrace.descriptor: shared.descriptor],
            adding: host.environment)
    }

    deinit {
        Native.close(channel)
        Native.close(output)
    }

    /// Reads what the child has said, up to a line that is ``unreadable``; `isSilent` once it says nothing any more.
    func read() -> [ChildMessage] {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(channel, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { return [] }
        isSilent = count <= 0
        if isSilent { return [] }
        unread += piece.prefix(count)
        var messages: [ChildMessage] = []
        while let newline = unread.firstIndex(of: UInt8(ascii: "\n")) {
            let line = Array(unread[..<newline])
            guard let message = try? JSON.decode(ChildMessage.self, from: line) else {
                unreadable = String(decoding: line.prefix(Self.longestQuote), as: UTF8.self)
                break
            }
            unread.removeSubrange(...newline)
            note(message)
            messages.append(message)
        }
        return messages
    }

    private func note(_ message: ChildMessage) {
        switch message {
        case .started:
            isRunning = true
            start = CaseContext.clock
            end = start + Int64((remaining.first?.timeLimit ?? 0) * 1e9) + (isSabotaged ? Self.sabotagedGrace : Self.grace)
        case .failing(let result):
            foreseen = result
        case .finished(let result):
            isRunning = false
            foreseen = nil
            remaining = remaining.dropFirst()
            last = remaining.isEmpty ? result : nil
            end = CaseContext.clock + Self.grace
        case .probed: hasProbed = true
        }
    }

    /// The seconds since the running case was begun.
    var seconds: Double { Double(CaseContext.clock - start) / 1e9 }

    /// The last steps of the case that a child ended with, or of its last case; nil when none was begun.
    var lastSteps: [String]? { isRunning || last != nil ? trace.lines : nil }

    /// Kills the child and waits for it.
    func kill() {
        _ = Glibc.kill(child, SIGKILL)
        _ = ChildProcess.wait(for: child)
    }

    /// How a silent child ended: whether well, and in words; nil while it has not.
    func ending() -> (isGood: Bool, text: String)? {
        guard let status = ChildProcess.endingIfOver(child) else { return nil }
        let how = status < 0 ? "was ended by signal \(-status) (\(unsafe String(cString: strsignal(-status))))" : "exited with \(status)"
        let words = lastWords()
        return (status == 0, words.isEmpty ? "the process \(how)" : "the process \(how): \(words)")
    }

    /// The line in the child's output that tells most.
    private func lastWords() -> String {
        lseek(output, 0, SEEK_SET)
        let text = String(decoding: (try? Native.readToEnd(output)) ?? [], as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        return lines.last { $0.contains("Fatal error") || $0.contains("ERROR:") } ?? lines.last ?? ""
    }
}
