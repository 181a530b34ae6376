// Waiting for a peer where the kernel offers nothing but a call that waits.

import CLinuxIO
public import IOSpec

extension BlockingCall {
    /// Carries out an operation on a descriptor that cannot be polled, or that came from elsewhere and waits; or one whose handle's readiness says nothing.
    /// `descriptors` are those that a message passes.
    ///
    /// Waits without bound, until a signal interrupts it and `isStopped` says that it was meant; what can be had without waiting even then wins.
    public static func awaitPeer(
        _ operation: Operation, on handle: NativeHandle, passing descriptors: PassedDescriptors = .none, isStopped: () -> Bool
    ) -> BlockingOutcome {
        switch operation {
        case .stream(.connect(_, let address)): .finished(connect(handle, to: address, isStopped: isStopped))
        case .stream(.accept), .stream(.acceptMultishot): accept(on: handle, isStopped)
        case .stream(.receive(_, let region)), .stream(.receiveExactly(_, let region)):
            .finished(receive(into: region, on: handle, isStopped))
        case .stream(.receiveVectored(_, let segments)): .finished(receive(into: segments, on: handle, isStopped))
        case .stream(.receiveMultishot): .finished(awaitBytes(on: handle, isStopped))
        case .stream(.send(_, let region)), .stream(.sendZeroCopy(_, let region)): .finished(send(from: region, on: handle, isStopped))
        case .stream(.sendVectored(_, let segments)): .finished(send(from: segments, on: handle, isStopped))
        case .message(.send(_, let region)):
            .finished(sendDatagram(unsafe region.load(as: Message.self), by: operation, from: handle, passing: descriptors, isStopped))
        default: .finished(IOError(.unsupported).encoded)
        }
    }

    // MARK: Connections

    private static func accept(on handle: NativeHandle, _ isStopped: () -> Bool) -> BlockingOutcome {
        while true {
            let result = wait(for: POLLIN, on: handle, isStopped) {
                Int(linuxio_accept4(handle.number, nil, nil, LINUXIO_SOCK_CLOEXEC | LINUXIO_SOCK_NONBLOCK))
            }
            if result >= 0 { return .finished(result: Int32(result), made: Acquisition.kind(ofAccepted: Int32(result), by: handle)) }
            if result == -Int(EINTR) || !Attempt.isNewsOfOneConnection(errno: Int32(-result)) { return .finished(encoded(Int32(result))) }
        }
    }

    // MARK: Transfers

    // Sound, here and below: the memory is the operation's, which has not ended.
    private static func receive(into region: MemoryRegion, on handle: NativeHandle, _ isStopped: () -> Bool) -> Int32 {
        encoded(Int32(wait(for: POLLIN, on: handle, isStopped) { unsafe linuxio_read(handle.number, region.pointer, region.count) }))
    }

    private static func receive(into segments: SegmentList, on handle: NativeHandle, _ isStopped: () -> Bool) -> Int32 {
        let result = wait(for: POLLIN, on: handle, isStopped) {
            unsafe Attempt.readWaiting(segments.vectors, segments.count, from: handle.number)
        }
        return encoded(Int32(result))
    }

    /// A receive into a buffer of a pool is only waited for, since the pools are the owner's. It ends as an interruption that nobody asked for does: the engine
    /// starts it anew.
    private static func awaitBytes(on handle: NativeHandle, _ isStopped: () -> Bool) -> Int32 {
        while linuxio_poll(handle.number, Int16(POLLIN), -1) == -EINTR { if isStopped() { break } }
        return IOError(.cancelled).encoded
    }

    private static func send(from region: MemoryRegion, on handle: NativeHandle, _ isStopped: () -> Bool) -> Int32 {
        encoded(
            Int32(wait(for: POLLOUT, on: handle, isStopped) { unsafe PipeWrite.write(region.pointer, region.count, to: handle.number) }))
    }

    private static func send(from segments: SegmentList, on handle: NativeHandle, _ isStopped: () -> Bool) -> Int32 {
        let result = wait(for: POLLOUT, on: handle, isStopped) {
            unsafe PipeWrite.writeFirst(of: segments.vectors, segments.count, to: handle.number)
        }
        return encoded(Int32(result))
    }

    /// Makes the call once the descriptor is ready. It may still wait, when another process was faster.
    private static func wait(for events: Int32, on handle: NativeHandle, _ isStopped: () -> Bool, _ call: () -> Int) -> Int {
        var patience: Int32 = -1
        while true {
            let ready = linuxio_poll(handle.number, Int16(events), patience)
            if ready < 0, ready != -EINTR { return Int(ready) }
            // Asked to stop, it looks once more, and finds nothing.
            if patience == 0, ready <= 0 { return -Int(EINTR) }
            let result = ready > 0 ? call() : -Int(EINTR)
            if result != -Int(EAGAIN), result != -Int(EINTR) { return result }
            if result == -Int(EINTR), isStopped() {
                if patience == 0 { return result }
                patience = 0
            }
        }
    }
}
