// What every kernel interface of Linux does in the same way: its handles and its clock.

public import IOSpec

/// A kernel interface whose native handles are descriptors that ``Acquisition`` makes.
public protocol LinuxKernelInterface: ~Copyable, KernelInterface {
    /// Whether the descriptors that it makes never block, as calls that are tried first need; a ring waits in the kernel and wants those that do.
    static var makesNonBlockingDescriptors: Bool { get }
}

extension LinuxKernelInterface where Self: ~Copyable {
    @inlinable public var now: Instant { MonotonicClock.now }

    @inlinable public mutating func acquire(_ resource: Resource) throws(IOError) -> NativeHandle {
        try Acquisition.acquire(resource, nonBlocking: Self.makesNonBlockingDescriptors)
    }

    @inlinable public mutating func acquire(pair: PairedResource) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        try Acquisition.acquire(pair: pair, nonBlocking: Self.makesNonBlockingDescriptors)
    }

    @inlinable public func localAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        try Acquisition.localAddress(of: handle)
    }

    @inlinable public func peerAddress(of handle: NativeHandle) throws(IOError) -> SocketAddress {
        try Acquisition.peerAddress(of: handle)
    }

    @inlinable public mutating func discard(_ handle: NativeHandle) {
        Acquisition.discard(handle)
    }

    @inlinable public mutating func abandon(_ slot: UInt32) {}

    // MARK: Without acceleration

    public mutating func acquire(_ pool: BufferPool, in memory: MemoryRegion, each size: Int) throws(IOError) {
        throw IOError(.unsupported)
    }

    public mutating func giveBack(_ index: Int, to pool: BufferPool) {}

    @inlinable public mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism { .emulated }

    @inlinable public mutating func register(_ handle: inout NativeHandle) throws(IOError) -> Mechanism { .emulated }
}
