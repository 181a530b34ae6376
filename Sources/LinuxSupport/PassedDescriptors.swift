// The descriptors that one message passes.

import CLinuxIO
public import IOSpec

/// Descriptors by number, as plain data.
public struct PassedDescriptors: BitwiseCopyable, Sendable {
    /// How many there are, at most ``Message/maximumHandles``.
    public let count: Int
    /// The numbers; those at `count` and above mean nothing.
    public let numbers: InlineArray<16, Int32>

    /// The numbers of open handles.
    ///
    /// - Precondition: there are no more than a message carries.
    public init(_ handles: Span<NativeHandle>) {
        precondition(handles.count <= Message.maximumHandles, "A message passes more handles than it can")
        count = handles.count
        var numbers = InlineArray<16, Int32>(repeating: -1)
        for index in handles.indices { numbers[index] = handles[index].number }
        self.numbers = numbers
    }

    /// Not one.
    public static var none: PassedDescriptors { PassedDescriptors(count: 0, numbers: InlineArray(repeating: -1)) }

    private init(count: Int, numbers: InlineArray<16, Int32>) {
        self.count = count
        self.numbers = numbers
    }

    /// Further descriptors of the same files, so that whatever becomes of the first ones, no number ever means another file.
    ///
    /// - Throws: `.tooManyOpen`; nothing is left open then.
    public func duplicated() throws(IOError) -> PassedDescriptors {
        var copies = InlineArray<16, Int32>(repeating: -1)
        for index in 0..<count {
            let copy = linuxio_duplicate(numbers[index])
            if copy < 0 {
                PassedDescriptors(count: index, numbers: copies).close()
                throw IOError(errno: -copy)
            }
            copies[index] = copy
        }
        return PassedDescriptors(count: count, numbers: copies)
    }

    /// Closes them.
    public func close() {
        for index in 0..<count { _ = linuxio_close(numbers[index]) }
    }
}
