// The name of a pool of buffers from which the backend takes as it needs them.

/// A pool that a backend was given while booting, of buffers of one size.
public struct BufferPool: BitwiseCopyable, Hashable, Sendable {
    /// The most buffers of one pool.
    public static var maximumCount: Int { 1 << 15 }
    /// The most bytes of one buffer.
    public static var maximumSize: Int { 1 << 16 - 1 }
    /// The most pools of one backend.
    public static var maximumPools: Int { 256 }

    /// Which of the backend's pools, from 0 on.
    public let index: UInt8

    /// Names the pool at `index`.
    public init(index: UInt8) {
        self.index = index
    }
}
