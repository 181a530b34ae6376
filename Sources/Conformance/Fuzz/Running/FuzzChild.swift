// The parent's view of a child that carries histories out.

import CLinuxIO
import Glibc

/// A running child. It is killed when it goes away.
final class FuzzChild {
    /// What came of waiting for a child.
    enum Event {
        case note(FuzzNote)
        /// The process has ended, and how.
        case ended(String)
        /// Nothing came in time.
        case silent
    }

    private let child: pid_t
    private let orders: Int32
    private let channel: Int32
    /// Holds what the child prints: the reason of a crash.
    private let output: Int32
    private var unread: [UInt8] = []
    private var hasEnded = false

    /// Starts a child.
    init(_ target: FuzzTarget, host: ChildHost) throws {
        let orders = try Self.pipe()
        let notes = try Self.pipe()
        output = try unsafe Native.check(linuxio_memfd_create("output", LINUXIO_MFD_CLOEXEC), "cannot hold a child's output")
        self.orders = orders.writing
        channel = notes.reading
        defer {
            Native.close(orders.reading)
            Native.close(notes.writing)
        }
        child = try ChildProcess.spawn(
            host.executable, host.arguments, passing: [0: orders.reading, 1: output, 2: output, ChildSession.channel: notes.writing],
            adding: host.environment)
        try order(.target(target))
    }

    deinit {
        kill()
        Native.close(orders)
        Native.close(channel)
        Native.close(output)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        try unsafe Native.check(linuxio_pipe2(&ends, LINUXIO_O_CLOEXEC), "cannot make a pipe to a child")
        return (ends[0], ends[1])
    }

    /// Tells the child what to do. One that has ended is found out by waiting for it.
    func order(_ order: FuzzOrder) throws {
        let line = try JSON.line(order)
        try? Native.write(line, to: orders)
    }

    /// What the child says next, or that it says nothing for so many seconds.
    ///
    /// - Throws: ``Interruption/Requested``.
    func next(within seconds: Double) throws -> Event {
        let end = CaseContext.clock + Int64(seconds * 1e9)
        while true {
            if let note = try nextNote() { return .note(note) }
            if hasEnded { return .ended(ending()) }
            try Interruption.check()
            let left = (end - CaseContext.clock) / 1_000_000
            if left <= 0 { return .silent }
            var descriptor = pollfd(fd: channel, events: Int16(POLLIN), revents: 0)
            if unsafe Glibc.poll(&descriptor, 1, Int32(min(left, 200))) > 0 { read() }
        }
    }

    private func nextNote() throws -> FuzzNote? {
        guard let newline = unread.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { unread.removeSubrange(...newline) }
        return try JSON.decode(FuzzNote.self, from: Array(unread[..<newline]))
    }

    private func read() {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(channel, $0.baseAddress, $0.count) }
        if count < 0, errno == EINTR { return }
        if count <= 0 { hasEnded = true }
        unread += piece.prefix(max(count, 0))
    }

    /// Kills the child and waits for it.
    func kill() {
        if isBuried { return }
        isBuried = true
        _ = Glibc.kill(child, SIGKILL)
        _ = ChildProcess.wait(for: child)
    }

    private var isBuried = false

    /// How the child ended, in words; one that only closed its channel is ended.
    private func ending() -> String {
        let end = CaseContext.clock + 2_000_000_000
        var status = ChildProcess.endingIfOver(child)
        while status == nil, CaseContext.clock < end {
            _ = Glibc.poll(nil, 0, 1)
            status = ChildProcess.endingIfOver(child)
        }
        guard let status else {
            kill()
            return "the process closed its channel and went on"
        }
        isBuried = true
        let how = status < 0 ? "was ended by signal \(-status) (\(unsafe String(cString: strsignal(-status))))" : "exited with \(status)"
        let words = lastWords()
        return words.isEmpty ? "the process \(how)" : "the process \(how): \(words)"
    }

    /// The line in the child's output that tells most.
    private func lastWords() -> String {
        lseek(output, 0, SEEK_SET)
        let text = String(decoding: (try? Native.readToEnd(output)) ?? [], as: UTF8.self)
        let lines = text.split(separator: "\n").map(String.init)
        return lines.last { $0.contains("Fatal error") || $0.contains("ERROR:") } ?? lines.last ?? ""
    }
}
