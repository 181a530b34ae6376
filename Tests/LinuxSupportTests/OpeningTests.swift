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
}
