// Trying messages, and transfers of several segments over a connection.

import CLinuxIO
public import IOSpec

extension Attempt {
    static func message(_ operation: MessageOperation, on handle: NativeHandle, passing descriptors: PassedDescriptors?) -> AttemptOutcome {
        NativeMessage.withTemporary { native in
            switch operation {
            case .send(_, let region): send(region, as: native, on: handle, passing: descriptors)
            case .receive(_, let region): receive(into: region, as: native, on: handle)
            }
        }
    }

    // Sound, here and below: the regions are the operation's, which has not ended, and the engine has checked that they hold messages.
    private static func send(
        _ region: MemoryRegion, as native: NativeMessage, on handle: NativeHandle, passing descriptors: PassedDescriptors?
    ) -> AttemptOutcome {
        let message = unsafe region.load(as: Message.self)
        native.prepareToSend(message, passing: descriptors)
        let result = send(native, on: handle)
        if result == -Int(EAGAIN) { return message.awaitsReceiver(from: handle) ? .blocks(bounded: false) : .wouldBlock(.sending) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result), sending: message, on: handle) : Int32(result))
    }

    private static func receive(into region: MemoryRegion, as native: NativeMessage, on handle: NativeHandle) -> AttemptOutcome {
        native.prepareToReceive(unsafe region.load(as: Message.self), on: handle)
        let result = receive(native, on: handle, flags: NativeMessage.receivingFlags(on: handle))
        if result == -Int(EAGAIN) { return .wouldBlock(.receiving) }
        if result < 0 { return .finished(IOError.encoded(errno: Int32(-result))) }
        return .finished(native.finishReceiving(Int32(result), into: region, on: handle))
    }

    // MARK: Segments

    static func receive(into segments: SegmentList, on handle: NativeHandle) -> AttemptOutcome {
        if handle.kind == .pipe { return unsafe read(segments.vectors, segments.count, from: handle) }
        let result = NativeMessage.withTemporary { native in
            native.prepare(segments)
            return receive(native, on: handle, flags: 0)
        }
        if result == -Int(EAGAIN) { return .wouldBlock(.receiving) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result)) : Int32(result))
    }

    static func send(from segments: SegmentList, on handle: NativeHandle) -> AttemptOutcome {
        if handle.kind == .pipe { return unsafe write(segments.vectors, segments.count, to: handle) }
        let result = NativeMessage.withTemporary { native in
            native.prepare(segments)
            return send(native, on: handle)
        }
        if result == -Int(EAGAIN) { return .wouldBlock(.sending) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result), sendOn: handle) : Int32(result))
    }

    // MARK: Calls

    private static func send(_ native: NativeMessage, on handle: NativeHandle) -> Int {
        repeatingInterrupted { unsafe linuxio_sendmsg(handle.number, native.header, LINUXIO_MSG_DONTWAIT | LINUXIO_MSG_NOSIGNAL) }
    }

    private static func receive(_ native: NativeMessage, on handle: NativeHandle, flags: Int32) -> Int {
        repeatingInterrupted { unsafe linuxio_recvmsg(handle.number, native.header, LINUXIO_MSG_DONTWAIT | flags) }
    }
}

extension Message {
    /// Whether a datagram to a local name that cannot be sent now waits for room at its receiver. The sender's readiness says nothing of that.
    public func awaitsReceiver(from handle: NativeHandle) -> Bool {
        guard handle.kind == .datagram, address.count > 0 else { return false }
        // Sound: the engine has checked that the region holds an address; the operation has not ended.
        return unsafe !address.load(as: SocketAddress.self).family.isInternet
    }
}

extension IOError {
    /// As ``encoded(errno:sendOn:)``, for a message: the kernel has several words for an address of another family than the handle's, all of which are
    /// `.invalidArgument` (clause `message.address`).
    public static func encoded(errno: Int32, sending message: Message, on handle: NativeHandle) -> Int32 {
        guard message.address.count > 0 else { return encoded(errno: errno, sendOn: handle) }
        // Sound: the engine has checked that the region holds an address; the operation has not ended.
        let family = unsafe message.address.load(as: SocketAddress.self).family.native
        if linuxio_socket_option(handle.number, SOL_SOCKET, SO_DOMAIN) == family { return encoded(errno: errno) }
        return IOError(.invalidArgument, detail: UInt16(truncatingIfNeeded: errno)).encoded
    }
}
