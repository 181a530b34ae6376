// Segments as the kernel's scatter–gather elements.

public import CLinuxIO
public import IOSpec

extension SegmentList {
    /// The segments as the kernel wants them, in place: a memory region and an `iovec` are an address and a length both.
    ///
    /// Unsafe because it names the lender's memory; a kernel interface uses it between `start` and the operation's event.
    ///
    /// - Precondition: the list is not empty.
    @unsafe
    public var vectors: UnsafePointer<iovec> {
        unsafe UnsafePointer(bitPattern: address).unsafelyUnwrapped
    }

    // The engine has checked that the sum does not overflow.
    var byteCount: Int {
        var sum = 0
        // Sound: the list is an operation's that has not ended.
        for index in 0..<count { sum &+= unsafe region(at: index).count }
        return sum
    }
}
