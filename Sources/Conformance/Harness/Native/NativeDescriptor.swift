// Descriptors that a program has from elsewhere, for cases to hand to a backend.

import CConformance
import CLinuxIO
import Glibc
import Synchronization

/// A descriptor of the case's own; closed when it goes.
final class NativeDescriptor {
    let number: Int32
    private let isOpen = Atomic(true)

    init(_ number: Int32) { self.number = number }

    deinit { close() }

    func close() {
        if isOpen.exchange(false, ordering: .relaxed) { Native.close(number) }
    }

    /// Writes all of `bytes`.
    func write(_ bytes: [UInt8]) throws { try Native.write(bytes, to: number) }

    /// Reads once, up to `count` bytes.
    @discardableResult
    func read(_ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let moved = unsafe bytes.withUnsafeMutableBytes { unsafe linuxio_read(number, $0.baseAddress.unsafelyUnwrapped, $0.count) }
        return Array(bytes.prefix(try Native.check(moved, "cannot read")))
    }

    /// The flags of the open file description.
    var flags: Int32 { linuxio_status_flags(number) }

    // MARK: Kinds

    static func pipe() throws -> (reader: NativeDescriptor, writer: NativeDescriptor) {
        var ends: [Int32] = [0, 0]
        try unsafe Native.check(linuxio_pipe2(&ends, LINUXIO_O_CLOEXEC), "cannot make a pipe")
        return (NativeDescriptor(ends[0]), NativeDescriptor(ends[1]))
    }

    static func open(_ path: String, _ flags: Int32) throws -> NativeDescriptor {
        NativeDescriptor(try Native.openDescriptor(path, flags: flags))
    }

    /// Readable while it is not 0.
    static func counter() throws -> NativeDescriptor {
        NativeDescriptor(try Native.check(linuxio_eventfd(0, LINUXIO_EFD_CLOEXEC), "cannot make a counter"))
    }

    /// Readable while something that was added to it is readable.
    static func set(of members: [NativeDescriptor]) throws -> NativeDescriptor {
        let set = NativeDescriptor(try Native.check(linuxio_epoll_create1(LINUXIO_EPOLL_CLOEXEC), "cannot make a set of descriptors"))
        for member in members {
            try Native.check(
                linuxio_epoll_set(set.number, LINUXIO_EPOLL_CTL_ADD, member.number, LINUXIO_EPOLLIN, 0),
                "cannot add to a set of descriptors")
        }
        return set
    }

    static func timer() throws -> NativeDescriptor {
        NativeDescriptor(try Native.check(conformance_timer_descriptor(), "cannot make a timer"))
    }

    /// Readable when a name was made in the directory.
    static func names(in directory: String) throws -> NativeDescriptor {
        NativeDescriptor(try Native.check(unsafe conformance_names_descriptor(directory), "cannot watch \(directory)"))
    }

    static func process(_ number: Int32) throws -> NativeDescriptor {
        NativeDescriptor(try Native.check(linuxio_pidfd_open(number), "cannot open a process"))
    }
}

extension NativeDescriptor: BytePeer {
    /// Opens a named pipe for reading and for writing, which waits for nobody.
    static func openBothWays(_ path: String) throws -> NativeDescriptor { try open(path, O_RDWR) }

    func send(_ bytes: [UInt8]) throws { try write(bytes) }

    func sendByte(_ byte: UInt8) -> Bool { Native.sendByte(byte, to: number) }

    func receive(_ count: Int) throws -> [UInt8] { try read(count) }
}
