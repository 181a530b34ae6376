// One try at a receive into a buffer of a pool.

import CLinuxIO
public import IOSpec

extension Attempt {
    /// As ``start(_:on:)``, for operations that may take a buffer of a pool.
    public static func start(_ operation: Operation, on handle: NativeHandle, takingFrom pools: inout BufferPools) -> AttemptOutcome {
        guard case .stream(.receiveMultishot(_, let pool)) = operation else { return start(operation, on: handle) }
        return receive(on: handle, into: pool, of: &pools)
    }

    /// As ``resume(_:on:)``, for operations that may take a buffer of a pool.
    public static func resume(_ operation: Operation, on handle: NativeHandle, takingFrom pools: inout BufferPools) -> AttemptOutcome {
        guard case .stream(.receiveMultishot(_, let pool)) = operation else { return resume(operation, on: handle) }
        return receive(on: handle, into: pool, of: &pools)
    }

    /// A buffer is taken only if bytes are there.
    private static func receive(on handle: NativeHandle, into pool: BufferPool, of pools: inout BufferPools) -> AttemptOutcome {
        guard let (index, region) = pools.take(from: pool) else { return receiveWithoutBuffer(on: handle) }
        let outcome = receive(into: region, on: handle)
        if case .finished(let count, _) = outcome, count > 0 { return .finished(SelectedBuffer(index: index, count: Int(count)).encoded) }
        pools.give(index, to: pool)
        return outcome
    }

    /// What a receive meets for which there is no buffer: `.noBuffers` if bytes wait, the end of the stream, an error, or nothing yet.
    public static func receiveWithoutBuffer(on handle: NativeHandle) -> AttemptOutcome {
        if handle.kind == .pipe { return readWithoutBuffer(on: handle) }
        var byte: UInt8 = 0
        // Sound: the byte is there during the call.
        let result = repeatingInterrupted { unsafe linuxio_recv(handle.number, &byte, 1, LINUXIO_MSG_PEEK | LINUXIO_MSG_DONTWAIT) }
        if result > 0 { return .finished(IOError(.noBuffers).encoded) }
        if result == -Int(EAGAIN) { return .wouldBlock(.receiving) }
        return .finished(result < 0 ? IOError.encoded(errno: Int32(-result)) : 0)
    }

    /// A pipe that has no writers and no bytes is only hung up.
    private static func readWithoutBuffer(on handle: NativeHandle) -> AttemptOutcome {
        let ready = repeatingInterrupted { linuxio_poll(handle.number, Int16(POLLIN), 0) }
        if ready < 0 { return .finished(IOError.encoded(errno: -ready)) }
        if ready & POLLIN != 0 { return .finished(IOError(.noBuffers).encoded) }
        return ready == 0 ? .wouldBlock(.receiving) : .finished(0)
    }
}
