// A message in the form in which the kernel sends and fills it.

public import CLinuxIO
public import IOSpec

/// A native message header and, behind it in one block of memory, its address and its control data. Segments are used in place.
///
/// Sound while the block lives and nobody else uses it, which whoever makes the value promises; and while the operation lasts whose segments it names.
@safe
public struct NativeMessage {
    /// The bytes of a block, which is aligned to 8.
    public static var blockBytes: Int { controlOffset + controlBytes }

    private static var addressOffset: Int { unsafe MemoryLayout<msghdr>.size }
    private static var controlOffset: Int { addressOffset + SocketAddress.nativeCapacity }
    // More than any message fills: its handles, and a time.
    private static var controlBytes: Int { 256 }

    private let block: UnsafeMutableRawPointer

    /// A message in `block`, which has ``blockBytes`` bytes or more; filled by one of the preparing functions.
    @unsafe
    public init(in block: UnsafeMutableRawPointer) {
        unsafe self.block = block
    }

    /// Passes a message on the stack to `body`, for the length of that call.
    static func withTemporary<Result>(_ body: (NativeMessage) -> Result) -> Result {
        unsafe withUnsafeTemporaryAllocation(byteCount: blockBytes, alignment: 8) {
            // Sound: the block lives as long as the call, and is not empty.
            unsafe body(NativeMessage(in: $0.baseAddress.unsafelyUnwrapped))
        }
    }

    /// The header, for the kernel.
    @unsafe
    public var header: UnsafeMutablePointer<msghdr> { unsafe block.assumingMemoryBound(to: msghdr.self) }

    private var address: UnsafeMutableRawPointer { unsafe block + Self.addressOffset }
    private var control: UnsafeMutableRawPointer { unsafe block + Self.controlOffset }

    // MARK: Preparing

    /// Makes it carry bytes alone.
    public func prepare(_ segments: SegmentList) {
        var native = unsafe msghdr()
        unsafe native.msg_iov = unsafe UnsafeMutablePointer(bitPattern: segments.address)
        unsafe native.msg_iovlen = segments.count
        unsafe block.initializeMemory(as: msghdr.self, to: native)
    }

    /// Makes it what `message` says, with the descriptors that it passes.
    public func prepareToSend(_ message: Message, passing descriptors: PassedDescriptors?) {
        prepare(message.segments)
        if message.address.count > 0 {
            // Sound: the engine has checked that the region holds an address.
            unsafe header.pointee.msg_namelen = unsafe message.address.load(as: SocketAddress.self).write(to: address)
            unsafe header.pointee.msg_name = unsafe address
        }
        guard let descriptors, descriptors.count > 0 else { return }
        unsafe header.pointee.msg_controllen = append(descriptors)
        unsafe header.pointee.msg_control = unsafe control
    }

    /// Makes room for what `message` wants to know, and for descriptors even if it wants none: whatever comes is accounted for.
    public func prepareToReceive(_ message: Message, on handle: NativeHandle) {
        prepare(message.segments)
        if handle.kind == .datagram, message.address.count > 0 {
            unsafe header.pointee.msg_namelen = socklen_t(SocketAddress.nativeCapacity)
            unsafe header.pointee.msg_name = unsafe address
        }
        guard handle.traits.contains(.passesHandles) else { return }
        unsafe header.pointee.msg_controllen = Self.controlBytes
        unsafe header.pointee.msg_control = unsafe control
    }

    /// The flags of receiving on `handle`. A datagram or packet tells its real length; on a stream the same flag would throw bytes away.
    public static func receivingFlags(on handle: NativeHandle) -> Int32 {
        handle.kind == .stream ? LINUXIO_MSG_CMSG_CLOEXEC : LINUXIO_MSG_CMSG_CLOEXEC | LINUXIO_MSG_TRUNC
    }

    // MARK: What came

    /// Tells in the program's message what came with the `length` that the kernel reports; the bytes that are in its segments.
    ///
    /// The descriptors that came are put into the message as native handles, for the engine to adopt; those without room are closed.
    public func finishReceiving(_ length: Int32, into region: MemoryRegion, on handle: NativeHandle) -> Int32 {
        // Sound: the engine has checked that the region holds a message; the operation has not ended.
        var message = unsafe region.load(as: Message.self)
        let flags = unsafe header.pointee.msg_flags
        message.flags = []
        message.handleCount = 0
        message.length = Int(length)
        if flags & LINUXIO_MSG_TRUNC != 0 { message.flags.insert(.truncated) }
        if flags & LINUXIO_MSG_CTRUNC != 0 { message.flags.insert(.handlesTruncated) }
        storeAddress(into: &message, on: handle)
        let hasTime = takeControl(into: &message)
        if handle.kind == .packets, length == 0, !hasTime, Self.hasEnded(handle) { message.flags.insert(.endOfStream) }
        unsafe region.store(message)
        return Int32(min(Int(length), message.segments.byteCount))
    }

    private func storeAddress(into message: inout Message, on handle: NativeHandle) {
        guard handle.kind == .datagram, message.address.count > 0 else { return }
        // Sound: the kernel has filled as much of the block as the length says, which was at most what there is.
        guard let sender = unsafe SocketAddress(native: address, length: header.pointee.msg_namelen) else { return }
        unsafe message.address.store(sender)
        message.flags.insert(.hasAddress)
    }

    // Packets of our own carry a time, whose absence tells the end from an empty one. Without it an empty packet that is the last one before the end cannot be told
    // from the end.
    private static func hasEnded(_ handle: NativeHandle) -> Bool {
        linuxio_poll(handle.number, LINUXIO_POLLRDHUP, 0) != 0
    }

    // MARK: Control data

    private static var headBytes: Int { MemoryLayout<cmsghdr>.size }

    private func append(_ descriptors: PassedDescriptors) -> Int {
        let length = Self.headBytes + descriptors.count * MemoryLayout<Int32>.size
        var head = cmsghdr()
        head.cmsg_len = length
        head.cmsg_level = SOL_SOCKET
        head.cmsg_type = LINUXIO_SCM_RIGHTS
        unsafe control.storeBytes(of: head, as: cmsghdr.self)
        for index in 0..<descriptors.count {
            unsafe control.storeBytes(
                of: descriptors.numbers[index], toByteOffset: Self.headBytes + index * MemoryLayout<Int32>.size, as: Int32.self)
        }
        return length
    }

    /// Takes everything out of the control data that the kernel has written; whether there was a time.
    private func takeControl(into message: inout Message) -> Bool {
        var hasTime = false
        let end = unsafe header.pointee.msg_control == nil ? 0 : unsafe header.pointee.msg_controllen
        var offset = 0
        while offset + Self.headBytes <= end {
            // Sound: what the kernel wrote lies inside the block, and each part tells its own length.
            let head = unsafe control.loadUnaligned(fromByteOffset: offset, as: cmsghdr.self)
            let length = Int(head.cmsg_len)
            guard length >= Self.headBytes, offset + length <= end else { break }
            if head.cmsg_level == SOL_SOCKET, head.cmsg_type == LINUXIO_SCM_RIGHTS {
                takeDescriptors(offset + Self.headBytes, offset + length, into: &message)
            }
            if head.cmsg_level == SOL_SOCKET, head.cmsg_type == LINUXIO_SO_TIMESTAMPNS { hasTime = true }
            offset += (length + 7) & ~7
        }
        return hasTime
    }

    private func takeDescriptors(_ start: Int, _ end: Int, into message: inout Message) {
        let stride = MemoryLayout<NativeHandle>.stride
        for offset in Swift.stride(from: start, to: end, by: MemoryLayout<Int32>.size) {
            let descriptor = unsafe control.loadUnaligned(fromByteOffset: offset, as: Int32.self)
            let place = Int(message.handleCount) * stride
            guard place + stride <= message.handles.count else {
                _ = linuxio_close(descriptor)
                message.flags.insert(.handlesTruncated)
                continue
            }
            // Sound: the array is lent to the operation, and has room for another handle, which is as large as a native one.
            unsafe message.handles.pointer.storeBytes(of: NativeHandle(received: descriptor), toByteOffset: place, as: NativeHandle.self)
            message.handleCount += 1
        }
    }
}
