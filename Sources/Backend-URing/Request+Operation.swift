// How each operation is put to the ring.

#if URing

import CLiburing
import CLinuxIO
import IOSpec
import LinuxSupport

extension Request {
    /// A transfer, a synchronisation or a truncation.
    @inline(__always)
    init(_ operation: FileOperation, on handle: NativeHandle) {
        switch operation {
        case .read(_, let region, let offset):
            self.init(.read, on: handle.number, address: region.address, length: region.count, offset: UInt64(bitPattern: offset))
        case .write(_, let region, let offset):
            self.init(.write, on: handle.number, address: region.address, length: region.count, offset: UInt64(bitPattern: offset))
        case .readVectored(_, let segments, let offset):
            self.init(
                .readVectored, on: handle.number, address: segments.address, length: segments.count, offset: UInt64(bitPattern: offset))
        case .writeVectored(_, let segments, let offset):
            self.init(
                .writeVectored, on: handle.number, address: segments.address, length: segments.count, offset: UInt64(bitPattern: offset))
        case .append(_, let region):
            // The descriptor was opened for appending, so the kernel takes the end of the file in place of the offset.
            self.init(.write, on: handle.number, address: region.address, length: region.count)
        case .synchronize:
            self.init(.synchronize, on: handle.number)
        case .synchronizeData:
            self.init(.synchronize, on: handle.number, flags: CLIBURING_FSYNC_DATASYNC)
        case .truncate(_, let length):
            self.init(.truncate, on: handle.number, offset: UInt64(bitPattern: length))
        case .allocate(_, let offset, let count, let keepsSize):
            self.init(allocatingOn: handle, keepsSize ? LINUXIO_FALLOC_FL_KEEP_SIZE : 0, offset, count)
        case .punchHole(_, let offset, let count):
            self.init(allocatingOn: handle, LINUXIO_FALLOC_FL_KEEP_SIZE | LINUXIO_FALLOC_FL_PUNCH_HOLE, offset, count)
        case .advise(_, let offset, let count, let advice):
            self.init(.advise, on: handle.number, length: Int(count), offset: UInt64(bitPattern: offset), flags: advice.native)
        default:
            preconditionFailure("The operation has no entry without a scratch block")
        }
    }

    /// Taking storage or giving it back, as the mode says; the kernel wants the count where other requests have an address.
    private init(allocatingOn handle: NativeHandle, _ mode: Int32, _ offset: Int64, _ count: Int64) {
        self.init(.allocate, on: handle.number, address: UInt(count), length: Int(mode), offset: UInt64(bitPattern: offset))
    }

    /// A status into the block at `address`; `emptyPath` is the address of an empty string.
    static func status(of handle: NativeHandle, into address: UInt, emptyPath: UInt) -> Request {
        Request(
            .status, on: handle.number, address: emptyPath, length: Int(FileStatus.nativeMask), offset: UInt64(address),
            flags: LINUXIO_AT_EMPTY_PATH)
    }

    /// A receive, send or accept without a message header; one that does not wait fails with EAGAIN where it would.
    @inline(__always)
    init(_ operation: StreamOperation, on handle: NativeHandle, waits: Bool, support: KernelSupport) {
        switch operation {
        // Asked for everything, the kernel would take the error away with which the stream broke in between: the next receive would meet an end. So the engine
        // asks for the rest.
        case .receive(_, let region), .receiveExactly(_, let region):
            self.init(receivingFrom: handle, into: region, waits: waits)
        case .receiveVectored(_, let segments):
            let flags = waits ? 0 : LINUXIO_RWF_NOWAIT
            self.init(
                .readVectored, on: handle.number, address: segments.address, length: segments.count, offset: .currentPosition,
                flags: flags)
        case .sendVectored(_, let segments):
            let flags = support.pipeWriteFlags | (waits ? 0 : LINUXIO_RWF_NOWAIT)
            self.init(
                .writeVectored, on: handle.number, address: segments.address, length: segments.count, offset: .currentPosition,
                flags: flags)
            entryFlags = support.pipeWriteEntryFlags
        case .send(_, let region):
            self.init(sendingTo: handle, from: region, waits: waits, support: support)
        case .accept:
            self.init(.accept, on: handle.number, flags: LINUXIO_SOCK_CLOEXEC)
            if !waits, support.acceptsWithoutWaiting { priority = CLIBURING_ACCEPT_DONTWAIT }
        default:
            preconditionFailure("The operation needs a scratch block, or has no entry")
        }
    }

    @inline(__always)
    private init(receivingFrom handle: NativeHandle, into region: MemoryRegion, waits: Bool) {
        if handle.kind == .stream {
            self.init(.receive, on: handle.number, address: region.address, length: region.count, flags: waits ? 0 : LINUXIO_MSG_DONTWAIT)
        } else {
            self.init(
                .read, on: handle.number, address: region.address, length: region.count, offset: .currentPosition,
                flags: waits ? 0 : LINUXIO_RWF_NOWAIT)
        }
    }

    @inline(__always)
    private init(sendingTo handle: NativeHandle, from region: MemoryRegion, waits: Bool, support: KernelSupport) {
        if handle.kind == .stream {
            let flags = LINUXIO_MSG_NOSIGNAL | (waits ? 0 : LINUXIO_MSG_DONTWAIT)
            self.init(.send, on: handle.number, address: region.address, length: region.count, flags: flags)
        } else {
            let flags = support.pipeWriteFlags | (waits ? 0 : LINUXIO_RWF_NOWAIT)
            self.init(.write, on: handle.number, address: region.address, length: region.count, offset: .currentPosition, flags: flags)
            // Tried by this thread, a write to a broken pipe raises a signal; one by a kernel thread does not.
            entryFlags = support.pipeWriteEntryFlags
        }
    }

    /// A connection to the native address of `length` bytes at `address`.
    static func connect(_ handle: NativeHandle, address: UInt, length: UInt32) -> Request {
        Request(.connect, on: handle.number, address: address, offset: UInt64(length))
    }

    /// The cancellation of the operation in `slot`. Its own completion is of no interest, so none is asked for where that is possible.
    static func cancellation(of slot: UInt32, support: KernelSupport) -> Request {
        var request = Request(.cancel, address: UInt(Ticket.operation(slot).rawValue))
        request.entryFlags = support.skipEntryFlags
        return request
    }

    /// Tells when `descriptor` is ready in a way asked for: once, or, with completions that say that more follow, each time that it becomes so.
    static func poll(_ descriptor: Int32, _ asked: Readiness, isMultishot: Bool = false) -> Request {
        Request(.poll, on: descriptor, length: isMultishot ? Int(CLIBURING_POLL_MULTI) : 0, flags: Int32(asked.pollEvents))
    }

    /// Tells when what was recorded can be tried again.
    static func poll(_ record: InFlightTable.Record) -> Request {
        .poll(record.handle.awaited(record.direction, with: record.other).number, record.direction == .sending ? .sending : .receiving)
    }
}

extension UInt64 {
    /// The offset that stands for "where the descriptor is", the only one that a pipe takes.
    static var currentPosition: UInt64 { .max }
}

#endif
