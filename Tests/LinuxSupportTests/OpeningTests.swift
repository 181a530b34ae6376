// Opening paths beneath a directory.

import CLinuxIO
import Glibc
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("Opening beneath a directory")
struct OpeningTests {
    private func kind(_ outcome: BlockingOutcome) -> HandleKind? {
        guard case .finished(let result, let made) = outcome, result >= 0 else { return nil }
        #expect(isCloseOnExec(result))
        _ = linuxio_close(result)
        return made
    }

    @Test("makes each kind of handle")
    func kinds() throws {
        let directory = try TemporaryDirectory()
        #expect(kind(directory.open("file", [.writing, .creating])) == .file)
        #expect(kind(directory.open(".", .reading)) == .directory)
        #expect(kind(directory.open(".", [.reading, .directory])) == .directory)
        directory.makeNamedPipe("pipe")
        #expect(kind(directory.open("pipe", [.reading, .writing])) == .pipe)
        let devices = try Acquisition.acquire(.directory(name: "/dev", unconfined: true), nonBlocking: true)
        let device = Memory(path: "null")
        let operation = Operation.path(.open(beneath: .invalid, path: device.path, options: .reading, permissions: 0))
        #expect(kind(BlockingCall.run(operation, on: devices, nonBlocking: true)) == .file)
        Acquisition.discard(devices)
    }

    @Test("reports each mistake by its cause")
    func mistakes() throws {
        let directory = try TemporaryDirectory()
        #expect(kind(directory.open("file", [.writing, .creating])) == .file)
        unsafe symlink("/etc/passwd", "\(directory.name)/outside")
        unsafe symlink("loop", "\(directory.name)/loop")
        unsafe symlink("file", "\(directory.name)/link")
        #expect(directory.open("../x", .reading).error == IOError(.outsideDirectory))
        #expect(directory.open("/etc/passwd", .reading).error == IOError(.outsideDirectory))
        #expect(directory.open("outside", .reading).error == IOError(.outsideDirectory))
        #expect(directory.open("loop", .reading).error == IOError(.symbolicLinkLoop))
        #expect(directory.open("link", [.reading, .noFollow]).error == IOError(.symbolicLinkLoop))
        #expect(directory.open("missing", .reading).error == IOError(.notFound))
        #expect(directory.open("file/x", .reading).error == IOError(.notDirectory))
        #expect(directory.open("file", [.reading, .directory]).error == IOError(.notDirectory))
        #expect(directory.open(".", .writing).error == IOError(.isDirectory))
        #expect(directory.open("file", [.writing, .creating, .exclusive]).error == IOError(.alreadyExists))
        #expect(directory.open(String(repeating: "n", count: 300), .reading).error == IOError(.nameTooLong))
    }

    @Test("leads outside when the directory is unconfined")
    func unconfined() throws {
        let directory = try TemporaryDirectory(unconfined: true)
        #expect(kind(directory.open("/etc/passwd", .reading)) == .file)
        #expect(kind(directory.open("..", .reading)) == .directory)
    }

    @Test("finds without opening it that a named pipe waits for its peer")
    func namedPipe() throws {
        let directory = try TemporaryDirectory()
        directory.makeNamedPipe("pipe")
        guard case .waitsForPeer(let descriptor) = directory.open("pipe", .reading) else {
            Issue.record("the open did not wait for the peer")
            return
        }
        // Were the pipe open for reading, a writer would not be refused.
        #expect(unsafe Glibc.open("\(directory.name)/pipe", O_WRONLY | O_NONBLOCK) == -1)
        #expect(errno == ENXIO)
        _ = linuxio_close(descriptor)
    }

    @Test("leaves no O_NONBLOCK on files, nor on pipes for backends that want none")
    func blocking() throws {
        let directory = try TemporaryDirectory()
        directory.makeNamedPipe("pipe")
        for (path, options) in [("file", [.writing, .creating]), ("pipe", [.reading, .writing])] as [(String, OpenOptions)] {
            guard case .finished(let descriptor, _) = directory.open(path, options, nonBlocking: false) else { continue }
            #expect(linuxio_status_flags(descriptor) & LINUXIO_O_NONBLOCK == 0)
            _ = linuxio_close(descriptor)
        }
    }

    @Test("waits for whoever has a lease of the file, and never for a pipe that takes its name meanwhile", .enabled(if: hasLeases))
    func leases() throws {
        signal(SIGIO, SIG_IGN)
        let directory = try TemporaryDirectory()
        #expect(kind(directory.open("file", [.writing, .creating])) == .file)
        let holder = try #require(Lease(on: "\(directory.name)/file"))
        let name = Memory(path: "file")
        let operation = Operation.path(.open(beneath: .invalid, path: name.path, options: .reading, permissions: 0))
        let stopped = BlockingCall.run(operation, on: directory.handle, nonBlocking: true, isStopped: { true })
        #expect(stopped.error == IOError(.cancelled))

        directory.makeNamedPipe("pipe")
        let name2 = directory.name
        let thread = onThread {
            usleep(20_000)
            unsafe rename("\(name2)/pipe", "\(name2)/file")
        }
        let begin = MonotonicClock.now
        let outcome = BlockingCall.run(operation, on: directory.handle, nonBlocking: true)
        _ = linuxio_thread_join(thread)
        guard case .waitsForPeer(let descriptor) = outcome else {
            Issue.record("the pipe was not found")
            return
        }
        _ = linuxio_close(descriptor)
        // The kernel takes a lease away after a time of its own, which is far longer.
        #expect(MonotonicClock.now < begin.advanced(by: .seconds(5)))
        withExtendedLifetime(holder) {}
    }

    @Test("is interrupted only by those who are meant to")
    func interruption() {
        var calls = 0
        let result = repeatingInterrupted(unless: { calls == 3 }) {
            calls += 1
            return -Int(EINTR)
        }
        #expect(result == -Int(EINTR))
        #expect(calls == 3)
        #expect(repeatingInterrupted(unless: { true }) { 7 } == 7)
    }
}

/// A lease of a file, given up when it goes.
private final class Lease {
    private let descriptor: Int32

    init?(on path: String) {
        descriptor = unsafe linuxio_openat(LINUXIO_AT_FDCWD, path, O_RDWR | LINUXIO_O_CLOEXEC, 0)
        // F_SETLEASE, which the C library keeps to itself.
        if fcntl(descriptor, 1024, F_WRLCK) < 0 { return nil }
    }

    deinit { _ = linuxio_close(descriptor) }
}

private let hasLeases: Bool = {
    guard let directory = try? TemporaryDirectory() else { return false }
    guard case .finished(let descriptor, _) = directory.open("probe", [.writing, .creating]), descriptor >= 0 else { return false }
    _ = linuxio_close(descriptor)
    return Lease(on: "\(directory.name)/probe") != nil
}()
