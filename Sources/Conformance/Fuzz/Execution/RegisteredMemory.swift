// Memory that a history has registered.

import IOSpec

/// A buffer of which the first three quarters are registered, lent in parts from its beginning on: within what is registered, across its end, and beside it.
final class RegisteredMemory {
    private let buffer: CaseBuffer
    private var used = 0

    init(_ count: Int, of context: CaseContext) throws {
        buffer = context.buffer(count, alignment: 4096)
        do {
            try context.register(buffer.region(0, max(1, count / 4 * 3)))
        } catch let error as IOError where error.cause == .outOfResources {
            // What a limit does not allow changes nothing.
        }
    }

    /// Lends `count` bytes; nil when there are not as many left.
    func lend(_ count: Int) -> LentRange? {
        guard count <= buffer.count - used else { return nil }
        defer { used += count }
        return LentRange(buffer: buffer, range: used..<used + count)
    }
}
