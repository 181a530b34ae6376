// A child process that lives until its gate is opened.

import CConformance
import CLinuxIO
import Glibc

/// A program or a fork that ends once ``open()`` was called; opened and waited for at the latest when it goes away.
public final class GatedChild {
    private let number: pid_t
    private let gate: Int32
    private var ending: Int32?
    private var isGateOpen = false

    /// Starts a program that lives on: it has shown that it runs before this returns.
    public convenience init(livingProgram: Void) throws {
        let gate = try Self.pipe()
        let output = try Self.pipe()
        defer {
            Native.close(gate.reading)
            Native.close(output.reading)
        }
        let child: pid_t
        do {
            defer { Native.close(output.writing) }
            child = try ChildProcess.spawn(
                "/bin/sh", ["-c", "echo; exec cat >/dev/null"], passing: [0: gate.reading, 1: output.writing])
        } catch {
            Native.close(gate.writing)
            throw error
        }
        self.init(child, gate: gate.writing)
        var byte: UInt8 = 0
        while unsafe Glibc.read(output.reading, &byte, 1) < 0, errno == EINTR {}
        if byte != UInt8(ascii: "\n") { throw HarnessProblem("/bin/sh did not say that it runs") }
    }

    /// Forks this process; the child makes no use of what it got.
    public convenience init(forking: Void) throws {
        let gate = try Self.pipe()
        defer { Native.close(gate.reading) }
        let child = conformance_fork_behind_gate(gate.reading, gate.writing)
        if child < 0 { Native.close(gate.writing) }
        self.init(try Native.check(child, "cannot fork"), gate: gate.writing)
    }

    private init(_ number: pid_t, gate: Int32) {
        self.number = number
        self.gate = gate
    }

    /// The child's number in the system.
    var processNumber: Int32 { number }

    /// Lets the child end; whoever likes may wait for that.
    func end() {
        if isGateOpen { return }
        isGateOpen = true
        Native.close(gate)
    }

    /// Lets the child end, waits for that, and returns its exit code, or minus the signal that ended it.
    @discardableResult
    public func open() -> Int32 {
        if let ending { return ending }
        end()
        let ending = ChildProcess.wait(for: number)
        self.ending = ending
        return ending
    }

    deinit { open() }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        try unsafe Native.check(linuxio_pipe2(&ends, LINUXIO_O_CLOEXEC), "cannot make a pipe")
        return (ends[0], ends[1])
    }
}
