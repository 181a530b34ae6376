// Moving bytes from one descriptor to another, one of which is a pipe.

import CLinuxIO
import IOSpec

/// One splice, as far as it goes without waiting, or on a worker's thread.
///
/// The kernel's flag for not waiting concerns pipes, and some sockets. So what has a position, which waits for storage, and a socket that blocks and would be sent
/// to, are left to a worker; and of a socket that blocks it is found out first that something is there.
struct SpliceCall {
    let source: NativeHandle
    let target: NativeHandle
    let count: Int
    let offset: Int64

    init(from source: NativeHandle, to target: NativeHandle, count: Int, offset: Int64) {
        self.source = source
        self.target = target
        self.count = count
        self.offset = offset
    }

    /// How often it is tried again at once when both ends became ready only after it was tried.
    private static var tries: Int { 8 }
    /// What a blocking socket that can be sent to takes without making anybody wait for long: a page.
    private static var piece: Int { 4096 }

    // MARK: Without waiting

    /// Moves what can be moved now.
    func attempt() -> AttemptOutcome {
        if SystemCapabilities.lacks(.splice) { return .finished(IOError(.unsupported).encoded) }
        if needsWorker {
            if let direction = firstNotReady { return .wouldBlock(direction) }
            return .blocks(bounded: false)
        }
        if let outcome = outcomeOfPeeking { return outcome }
        for _ in 0..<Self.tries {
            let result = move(count)
            if result > 0 { return .finished(encoded(result)) }
            // Between pipes the kernel looks at the source first.
            if result == 0 || result == -Int(EAGAIN), isUnread(target) { return unread }
            if result != -Int(EAGAIN) { return .finished(encoded(result)) }
            if let direction = firstNotReady { return .wouldBlock(direction) }
        }
        // The kernel lacks memory for a send: it tells when there is some.
        return .wouldBlock(.sending)
    }

    private var needsWorker: Bool {
        source.kind == .file || target.kind == .file || (target.kind == .stream && blocks(target)) || isBlockingTerminal(source)
            || isBlockingTerminal(target)
    }

    /// Whether the kernel would wait there whatever the flags of the call are: only true pipes heed them.
    private func isBlockingTerminal(_ handle: NativeHandle) -> Bool {
        handle.kind == .pipe && blocks(handle) && linuxio_file_type(handle.number) != S_IFIFO
    }

    private func blocks(_ handle: NativeHandle) -> Bool {
        linuxio_status_flags(handle.number) & LINUXIO_O_NONBLOCK == 0
    }

    /// Whether it is a pipe that nobody reads any more.
    private func isUnread(_ handle: NativeHandle) -> Bool {
        linuxio_file_type(handle.number) == S_IFIFO && Readiness.present(of: handle.number, asked: .sending).contains(.failed)
    }

    private var unread: AttemptOutcome { .finished(IOError(.brokenPipe, detail: UInt16(EPIPE)).encoded) }

    /// The end that something has to be waited for at, if any.
    private var firstNotReady: Direction? {
        if Readiness.present(of: source.number, asked: .receiving).isEmpty { return .receiving }
        if Readiness.present(of: target.number, asked: .sending).isEmpty { return .sending }
        return nil
    }

    /// What becomes of a splice from a socket that blocks: nil when something is there to be moved, which nobody else can take.
    private var outcomeOfPeeking: AttemptOutcome? {
        guard source.kind == .stream, blocks(source) else { return nil }
        var byte: UInt8 = 0
        let result = repeatingInterrupted {
            unsafe linuxio_recv(source.number, &byte, 1, LINUXIO_MSG_PEEK | LINUXIO_MSG_DONTWAIT)
        }
        if result > 0 { return nil }
        // The kernel looks at this first; asked itself, it would wait for the socket as soon as somebody opens the pipe by its name again.
        if isUnread(target) { return unread }
        return result == -Int(EAGAIN) ? .wouldBlock(.receiving) : .finished(encoded(result))
    }

    // MARK: On a worker

    /// Moves something, waiting for it, until a signal interrupts the wait and `isStopped` says that it was meant; what can be moved without waiting even then is.
    func run(isStopped: () -> Bool) -> Int32 {
        let first = target.kind == .stream ? min(Self.piece, count) : count
        while true {
            // Asked before the try, so that the last one comes after the request to end; and it waits for no end, whose own flag may not forbid it.
            let isLast = isStopped()
            if isLast, firstNotReady != nil { return IOError(.cancelled).encoded }
            let result = move(first, from: offset)
            if result != -Int(EINTR), result != -Int(EAGAIN) {
                return result > 0 && target.kind == .stream ? Int32(goingOn(after: result)) : encoded(result)
            }
            if isLast { return IOError(.cancelled).encoded }
            if result == -Int(EAGAIN) { waitForEnds() }
        }
    }

    /// A socket is given more, as long as both ends are ready.
    private func goingOn(after first: Int) -> Int {
        var moved = first
        while moved < count, firstNotReady == nil {
            let result = move(min(Self.piece, count - moved), from: 0)
            if result <= 0 { break }
            moved += result
        }
        return moved
    }

    /// Waits for the end that is not ready, or for a signal.
    private func waitForEnds() {
        switch firstNotReady {
        case nil: return
        case .sending: _ = linuxio_poll(target.number, Int16(POLLOUT), -1)
        default: _ = linuxio_poll(source.number, Int16(POLLIN), -1)
        }
    }

    // MARK: The call

    private func move(_ count: Int) -> Int {
        repeatingInterrupted { move(count, from: offset) }
    }

    /// Sound: the offset is a variable of this call's own.
    private func move(_ count: Int, from offset: Int64) -> Int {
        var offset = offset
        return unsafe withUnsafeMutablePointer(to: &offset) { place in
            unsafe linuxio_splice_without_signal(
                source.number, source.kind == .file ? place : nil, target.number, target.kind == .file ? place : nil, count,
                LINUXIO_SPLICE_F_NONBLOCK)
        }
    }

    // The engine has checked the arguments: what else is invalid is a pipe to itself, or a file that cannot be spliced.
    private func encoded(_ result: Int) -> Int32 {
        if result >= 0 { return Int32(result) }
        let errno = Int32(-result)
        if errno == EINVAL, let file = [source, target].first(where: { $0.kind == .file }) {
            if file.traits.contains(.direct) { return IOError(.misaligned, detail: UInt16(EINVAL)).encoded }
            return IOError(.unsupported, detail: UInt16(EINVAL)).encoded
        }
        return IOError.encoded(errno: errno, sendOn: target)
    }
}
