// Memory and handles that the kernel is told of once instead of with each operation.

#if URing

import CLiburing
import CLinuxIO
public import IOSpec
import LinuxSupport

extension URing {
    /// The most places of the table of files.
    private static var maximumFiles: Int { 1 << 16 }

    public mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {
        if !support.selectsBuffers { throw IOError(.unsupported) }
        try bufferRings.add(pool, in: memory, each: size, registeredWith: ring)
    }

    public mutating func giveBack(_ index: Int, to pool: BufferPool) {
        bufferRings.give(index, to: Int(pool.index))
    }

    public mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism {
        guard try registeredMemory.add(memory, to: ring) else { return .emulated }
        hasRegisteredMemory = true
        return .native
    }

    /// A file has the place of its descriptor's number, so that operations need not look it up.
    public mutating func register(_ handle: inout NativeHandle) throws(IOError) -> Mechanism {
        guard try hasFileTable() else { return .emulated }
        guard Int(handle.number) < fileTableCapacity else { throw IOError(.outOfResources) }
        let result = ring.setFile(handle.number, isRegistered: true)
        if result < 0 { throw IOError(.outOfResources, detail: UInt16(-result)) }
        handle.traits.insert(.registered)
        return .native
    }

    private mutating func hasFileTable() throws(IOError) -> Bool {
        if fileTableCapacity > 0 { return true }
        if !RegisteredFileProbe.letsGoAtOnce { return false }
        var soft: UInt64 = 0
        var hard: UInt64 = 0
        if unsafe linuxio_limit(LINUXIO_RLIMIT_NOFILE, &soft, &hard) < 0 { return false }
        let capacity = Int(min(soft, UInt64(Self.maximumFiles)))
        let result = ring.reserveFiles(capacity)
        switch -result {
        case ENOMEM, EMFILE: throw IOError(.outOfResources, detail: UInt16(-result))
        default: break
        }
        if result < 0 { return false }
        fileTableCapacity = capacity
        return true
    }

    /// Ends what the table of files and the watches hold of a handle, always before its descriptor is closed: the file would stay open in the one, and be told of by the
    /// other.
    mutating func deregister(_ handle: NativeHandle) {
        watches.forget(handle.number)
        if handle.traits.contains(.registered) { _ = ring.setFile(handle.number, isRegistered: false) }
    }

    public mutating func discard(_ handle: NativeHandle) {
        deregister(handle)
        Acquisition.discard(handle)
    }
}

extension Request {
    /// The request through the handle's place in the table of files, if it has one.
    @inline(__always)
    func through(_ handle: NativeHandle) -> Request {
        var request = self
        if handle.traits.contains(.registered) { request.entryFlags |= CLIBURING_ENTRY_REGISTERED_FILE }
        return request
    }

    /// Makes a transfer one of registered memory, if the whole of its region is.
    mutating func use(_ memory: borrowing RegisteredMemory, for operation: FileOperation) {
        switch operation {
        case .read(_, let region, _):
            guard let place = memory.place(of: region) else { return }
            opcode = .readRegistered
            buffer = place
        case .write(_, let region, _), .append(_, let region):
            guard let place = memory.place(of: region) else { return }
            opcode = .writeRegistered
            buffer = place
        default: return
        }
    }
}

#endif
