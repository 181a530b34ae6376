// Acquiring what is only waited for: processes, and what the program has by a number of its own.

import CLinuxIO
import IOSpec

extension Acquisition {
    /// A child of this process. One whose end was noted already cannot be told from any other process.
    static func process(_ number: Int32) throws(IOError) -> NativeHandle {
        if SystemCapabilities.lacks(.processEnd) { throw IOError(.unsupported) }
        let descriptor = linuxio_pidfd_open(number)
        switch -descriptor {
        // Neither a number that cannot be a process's nor that of a thread names a process.
        case EINVAL, ENOENT: throw IOError(.notFound, detail: UInt16(-descriptor))
        case 1...: throw IOError(errno: -descriptor)
        default: break
        }
        let handle = NativeHandle(number: descriptor, kind: .process, traits: [])
        guard linuxio_child_ending(descriptor, 1) == -ECHILD else { return handle }
        discard(handle)
        throw IOError(.notFound, detail: UInt16(ECHILD))
    }

    /// A number of our own for what `number` refers to, so that nobody else's closing it, or using it for something else, is met by the handle.
    static func foreign(_ number: Int32) throws(IOError) -> NativeHandle {
        if linuxio_is_only_path(number) != 0 { throw IOError(.wrongKind) }
        let descriptor = linuxio_duplicate(number)
        if descriptor < 0 { throw IOError(errno: -descriptor) }
        return NativeHandle(number: descriptor, kind: .foreign, traits: [])
    }
}
