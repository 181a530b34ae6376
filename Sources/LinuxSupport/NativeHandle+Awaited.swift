// Which of the two handles of an operation has to become ready.

public import IOSpec

extension NativeHandle {
    /// The handle that an operation on this one `and` another waits for: it receives from the first, and sends to the second if there is one.
    @inlinable
    public func awaited(_ direction: Direction, with other: NativeHandle) -> NativeHandle {
        direction == .sending && other.number >= 0 ? other : self
    }
}
