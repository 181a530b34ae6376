// One try at an operation, on the caller's thread and without waiting: what readiness backends are made of.

import CLinuxIO
public import IOSpec

/// Carries operations out as far as that needs no waiting.
///
/// Descriptors that ``Acquisition`` and ``BlockingCall`` make are non-blocking when asked to. Those that came from elsewhere may be blocking: sockets are tried with
/// MSG_DONTWAIT, pipes with RWF_NOWAIT, and what knows no such flag is left to workers.
public enum Attempt {
    /// The most bytes that are copied from the page cache while submitting; a longer read goes to a worker, so that one transfer
    /// does not hold up every other.
    public static var inlineReadBytes: Int { 256 << 10 }

    /// The first try; `descriptors` are those that a message passes. An operation that acts on two handles waits for the first one to receive, and for the
    /// `other` to send.
    public static func start(
        _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none, passing descriptors: PassedDescriptors? = nil
    ) -> AttemptOutcome {
        switch operation {
        case .control(.nop): .finished(0)
        case .control(.close): close(handle)
        case .time: .finished(IOError(.unsupported).encoded)
        case .path: .blocks(bounded: true)
        case .file(let operation): file(operation, on: handle)
        case .stream(.connect(_, let address)): connect(to: address, on: handle)
        case .stream(.splice(_, _, let count, let offset)):
            SpliceCall(from: handle, to: other, count: count, offset: offset).attempt()
        case .stream(let operation): stream(operation, on: handle)
        case .message(let operation): message(operation, on: handle, passing: descriptors)
        case .watch(.processEnd): processEnd(of: handle)
        case .watch: .finished(IOError(.unsupported).encoded)
        }
    }

    /// Another try, after ``start(_:on:)`` said that it would block: when the descriptor is said to be ready, or when the
    /// operation is to end and may have become possible meanwhile.
    public static func resume(
        _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none, passing descriptors: PassedDescriptors? = nil
    ) -> AttemptOutcome {
        guard case .stream(.connect(_, let address)) = operation else {
            return start(operation, on: handle, and: other, passing: descriptors)
        }
        return finishConnect(to: address, on: handle)
    }

    // MARK: Files

    private static func close(_ handle: NativeHandle) -> AttemptOutcome {
        let result = linuxio_close(handle.number)
        // The descriptor is closed in any case; an interrupted close is never repeated.
        if result >= 0 || result == -EINTR { return .finished(0) }
        return .finished(IOError.encoded(errno: -result))
    }

    private static func file(_ operation: FileOperation, on handle: NativeHandle) -> AttemptOutcome {
        switch operation {
        case .read(_, let region, let offset): read(into: region, at: offset, on: handle)
        case .readVectored(_, let segments, let offset): read(into: segments, at: offset, on: handle)
        case .status(_, let region) where handle.kind != .file && handle.kind != .directory:
            .finished(BlockingCall.status(of: handle, into: region))
        case .lock(_, let mode): lock(mode, on: handle)
        case .unlock: .finished(BlockingCall.unlock(handle))
        default: .blocks(bounded: true)
        }
    }

    private static func lock(_ mode: LockMode, on handle: NativeHandle) -> AttemptOutcome {
        let result = BlockingCall.tryLock(handle, mode)
        return result == -EWOULDBLOCK ? .blocks(bounded: false) : .finished(BlockingCall.encoded(result))
    }

    private static func read(into region: MemoryRegion, at offset: Int64, on handle: NativeHandle) -> AttemptOutcome {
        if region.count > inlineReadBytes || handle.traits.contains(.direct) { return .blocks(bounded: true) }
        // Sound: the region is the operation's, which has not ended.
        var vector = unsafe iovec(iov_base: region.pointer, iov_len: region.count)
        return read(unsafe linuxio_preadv2(handle.number, &vector, 1, offset, LINUXIO_RWF_NOWAIT))
    }

    private static func read(into segments: SegmentList, at offset: Int64, on handle: NativeHandle) -> AttemptOutcome {
        if segments.byteCount > inlineReadBytes || handle.traits.contains(.direct) { return .blocks(bounded: true) }
        let vectors = unsafe segments.vectors
        return read(unsafe linuxio_preadv2(handle.number, vectors, Int32(segments.count), offset, LINUXIO_RWF_NOWAIT))
    }

    // Whatever keeps the kernel from reading at once (a cold cache, a file without such reads, a denied call, an error), the worker's plain
    // call meets the truth. A short count may end in the middle of the file, where the cache ends: the engine starts the rest again.
    private static func read(_ result: Int) -> AttemptOutcome {
        result < 0 ? .blocks(bounded: true) : .finished(Int32(result))
    }

    // MARK: Streams

    private static func stream(_ operation: StreamOperation, on handle: NativeHandle) -> AttemptOutcome {
        switch operation {
        case .receive(_, let region), .receiveExactly(_, let region): receive(into: region, on: handle)
        case .receiveVectored(_, let segments): receive(into: segments, on: handle)
        case .sendVectored(_, let segments): send(from: segments, on: handle)
        case .send(_, let region), .sendZeroCopy(_, let region): send(from: region, on: handle)
        case .accept, .acceptMultishot: accept(on: handle)
        case .connect(_, let address): connect(to: address, on: handle)
        case .shutDown(_, let direction): shutDown(direction, on: handle)
        case .setOption(_, let option, let value): setOption(option, value, on: handle)
        case .option(_, let option): self.option(option, on: handle)
        case .splice, .receiveMultishot: preconditionFailure("A splice needs its second handle, and a receive of several shots a pool")
        }
    }

    static func receive(into region: MemoryRegion, on handle: NativeHandle) -> AttemptOutcome {
        // Sound: the region is the operation's, which has not ended.
        if handle.kind == .pipe {
            var vector = unsafe iovec(iov_base: region.pointer, iov_len: region.count)
            return unsafe read(&vector, 1, from: handle)
        }
        let result = repeatingInterrupted { unsafe linuxio_recv(handle.number, region.pointer, region.count, LINUXIO_MSG_DONTWAIT) }
        if result == -Int(EAGAIN) { return .wouldBlock(.receiving) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result)) : Int32(result))
    }

    private static func send(from region: MemoryRegion, on handle: NativeHandle) -> AttemptOutcome {
        // Sound: the region is the operation's, which has not ended.
        if handle.kind == .pipe {
            var vector = unsafe iovec(iov_base: region.pointer, iov_len: region.count)
            return unsafe write(&vector, 1, to: handle)
        }
        let result = repeatingInterrupted {
            unsafe linuxio_send(handle.number, region.pointer, region.count, LINUXIO_MSG_DONTWAIT | LINUXIO_MSG_NOSIGNAL)
        }
        if result == -Int(EAGAIN) { return .wouldBlock(.sending) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result), sendOn: handle) : Int32(result))
    }

    // No flag keeps accept from waiting.
    private static func accept(on handle: NativeHandle) -> AttemptOutcome {
        if waits(handle.number) { return .blocks(bounded: false) }
        while true {
            let result = linuxio_accept4(handle.number, nil, nil, LINUXIO_SOCK_CLOEXEC | LINUXIO_SOCK_NONBLOCK)
            if result >= 0 { return .finished(result: result, made: Acquisition.kind(ofAccepted: result, by: handle)) }
            if result == -EAGAIN || isShortOfDescriptors(errno: -result) && !hasConnection(handle) { return .wouldBlock(.receiving) }
            if !isNewsOfOneConnection(errno: -result) { return .finished(IOError.encoded(errno: -result)) }
        }
    }

    // The system looks for a free descriptor before it looks for a connection.
    private static func isShortOfDescriptors(errno: Int32) -> Bool { errno == EMFILE || errno == ENFILE }

    private static func hasConnection(_ listener: NativeHandle) -> Bool {
        !Readiness.present(of: listener.number, asked: .receiving).isEmpty
    }

    /// Whether an error of accept is about one waiting connection that came to nothing, and not about the listener: accept goes on then
    /// to the next one, as accept(2) says.
    public static func isNewsOfOneConnection(errno: Int32) -> Bool {
        switch errno {
        case EINTR, ECONNABORTED, ENETDOWN, EPROTO, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, ENETUNREACH: true
        default: false
        }
    }

    private static func shutDown(_ direction: Direction, on handle: NativeHandle) -> AttemptOutcome {
        let how =
            switch direction {
            case .receiving: LINUXIO_SHUT_RD
            case .sending: LINUXIO_SHUT_WR
            case .both: LINUXIO_SHUT_RDWR
            }
        let result = linuxio_shutdown(handle.number, how)
        return .finished(result < 0 ? IOError.encoded(errno: -result) : 0)
    }

    // MARK: Processes

    private static func processEnd(of handle: NativeHandle) -> AttemptOutcome {
        let ending = linuxio_child_ending(handle.number, 0)
        if ending == -EAGAIN { return .wouldBlock(.receiving) }
        return .finished(ending < 0 ? IOError.encoded(errno: -ending) : ending)
    }

    // MARK: Connecting

    private static func connect(to region: MemoryRegion, on handle: NativeHandle) -> AttemptOutcome {
        switch nativeConnect(to: region, on: handle) {
        case 0: .finished(0)
        // An interrupted connect goes on by itself, as one that has to wait.
        case -EINPROGRESS, -EINTR: .wouldBlock(.sending)
        // A local listener without room. Such a socket is writable all the time, so readiness would spin.
        case -EAGAIN: .blocks(bounded: false)
        case let result: .finished(IOError.encoded(errno: -result))
        }
    }

    // Connecting again tells the outcome without being fooled by an event that came too early, as reading SO_ERROR would be.
    private static func finishConnect(to region: MemoryRegion, on handle: NativeHandle) -> AttemptOutcome {
        switch nativeConnect(to: region, on: handle) {
        case 0, -EISCONN: .finished(0)
        case -EALREADY, -EINPROGRESS, -EINTR: .wouldBlock(.sending)
        case -EAGAIN: .blocks(bounded: false)
        case let result: .finished(IOError.encoded(errno: -result))
        }
    }

    private static func nativeConnect(to region: MemoryRegion, on handle: NativeHandle) -> Int32 {
        // Sound: the engine has checked that the region holds an address.
        let address = unsafe region.load(as: SocketAddress.self)
        return unsafe address.withNative { unsafe linuxio_connect(handle.number, $0, $1) }
    }
}
