// One request to the kernel as plain data.

#if AIO

import CLibaio
import CLinuxIO
import IOSpec
import LinuxSupport

/// What an `iocb` of this backend says.
enum Request: BitwiseCopyable {
    /// A transfer of one region, or of several when `isVectored`; `length` counts bytes or segments.
    case transfer(command: Int16, descriptor: Int32, address: UInt, length: Int, offset: Int64)
    /// Bringing a file to storage.
    case synchronize(descriptor: Int32, dataOnly: Bool)
    /// Waiting once until a descriptor is ready.
    case poll(descriptor: Int32, events: Int16)

    /// The request for a file operation, or nil when the kernel's interface has none.
    init?(_ operation: FileOperation, on handle: NativeHandle) {
        switch operation {
        case .read(_, let region, let offset):
            self = .transfer(CLIBAIO_CMD_PREAD, on: handle, region, at: offset)
        case .write(_, let region, let offset):
            self = .transfer(CLIBAIO_CMD_PWRITE, on: handle, region, at: offset)
        case .append(_, let region):
            // The descriptor was opened for appending, so the kernel takes the end of the file in place of the offset.
            self = .transfer(CLIBAIO_CMD_PWRITE, on: handle, region, at: 0)
        case .readVectored(_, let segments, let offset):
            self = .transfer(CLIBAIO_CMD_PREADV, on: handle, segments, at: offset)
        case .writeVectored(_, let segments, let offset):
            self = .transfer(CLIBAIO_CMD_PWRITEV, on: handle, segments, at: offset)
        case .synchronize:
            self = .synchronize(descriptor: handle.number, dataOnly: false)
        case .synchronizeData:
            self = .synchronize(descriptor: handle.number, dataOnly: true)
        default:
            return nil
        }
    }

    private static func transfer(_ command: Int16, on handle: NativeHandle, _ region: MemoryRegion, at offset: Int64) -> Request {
        .transfer(command: command, descriptor: handle.number, address: region.address, length: region.count, offset: offset)
    }

    private static func transfer(_ command: Int16, on handle: NativeHandle, _ segments: SegmentList, at offset: Int64) -> Request {
        .transfer(command: command, descriptor: handle.number, address: segments.address, length: segments.count, offset: offset)
    }

    /// Waits until `descriptor` is ready in a way asked for. Errors and hang-ups end the wait unasked.
    static func poll(_ descriptor: Int32, asked: Readiness) -> Request {
        .poll(descriptor: descriptor, events: Int16(asked.pollEvents))
    }

    /// Waits until `descriptor` is ready in one direction. Errors and hang-ups end the wait in either.
    static func poll(_ descriptor: Int32, _ direction: Direction) -> Request {
        .poll(descriptor: descriptor, events: Int16(direction == .receiving ? POLLIN : POLLOUT))
    }
}

#endif
