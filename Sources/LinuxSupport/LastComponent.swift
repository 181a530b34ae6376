// Where the last component of a path lies: a directory that is held open, and a name in it.

import CLinuxIO
import IOSpec

/// The last component of a path, in the directory that the rest of the path was resolved to.
///
/// The directory is open, so that whoever renames or links meanwhile cannot lead the operation elsewhere: the kernel makes, renames and removes a last
/// component without following it. What is no name (`.`, `..` and the root) is looked up as a whole first, for a mistake in the path comes before any
/// other; the kernel never makes, renames or removes it.
@safe
struct LastComponent: ~Copyable {
    /// The directory, as the first argument of the kernel's `…at` calls.
    let directory: Int32
    /// The name in it, with the slashes that the path ends with; part of the path's own memory.
    @unsafe let name: UnsafePointer<CChar>
    /// Whether it can only be a directory: it ends with a slash, or is no name.
    let mustBeDirectory: Bool
    private let isOwned: Bool

    private init(_ directory: Int32, isOwned: Bool, _ name: UnsafePointer<CChar>, mustBeDirectory: Bool) {
        self.directory = directory
        self.isOwned = isOwned
        unsafe self.name = name
        self.mustBeDirectory = mustBeDirectory
    }

    deinit {
        if isOwned { _ = linuxio_close(directory) }
    }

    /// Resolves all of `path` but its last component. The path must stay as it is while the result lives.
    ///
    /// - Throws: the first mistake on the way.
    static func resolve(_ path: PathReference, beneath root: NativeHandle, _ isStopped: () -> Bool) throws(IOError) -> LastComponent {
        // Sound: the path is the operation's, which has not ended, and the engine has checked its closing zero.
        let bytes = unsafe path.pointer
        let range = unsafe lastComponent(of: bytes, count: path.region.count - 1)
        let isName = unsafe isName(bytes, range)
        let mustBeDirectory = !isName || range.upperBound < path.region.count - 1
        if root.traits.contains(.unconfined) {
            return unsafe LastComponent(root.number, isOwned: false, bytes, mustBeDirectory: mustBeDirectory)
        }
        if !isName { _ = linuxio_close(try unsafe BeneathPath.find(bytes, beneath: root, flags: 0, isStopped)) }
        let name = unsafe bytes + range.lowerBound
        if range.lowerBound == 0 {
            return unsafe LastComponent(root.number, isOwned: false, name, mustBeDirectory: mustBeDirectory)
        }
        let directory = try unsafe parent(bytes, count: range.lowerBound, beneath: root, isStopped)
        return unsafe LastComponent(directory, isOwned: true, name, mustBeDirectory: mustBeDirectory)
    }

    private static func lastComponent(of bytes: UnsafePointer<CChar>, count: Int) -> Range<Int> {
        let slash = CChar(UInt8(ascii: "/"))
        var end = count
        while end > 0, unsafe bytes[end - 1] == slash { end -= 1 }
        var start = end
        while start > 0, unsafe bytes[start - 1] != slash { start -= 1 }
        return start..<end
    }

    private static func isName(_ bytes: UnsafePointer<CChar>, _ range: Range<Int>) -> Bool {
        let dot = CChar(UInt8(ascii: "."))
        if range.isEmpty { return false }
        if range.count > 2 { return true }
        return range.contains { unsafe bytes[$0] != dot }
    }

    // The path is lent, and others may be reading it: its beginning is copied, and never cut short where it lies.
    private static func parent(_ bytes: UnsafePointer<CChar>, count: Int, beneath root: NativeHandle, _ isStopped: () -> Bool)
        throws(IOError) -> Int32
    {
        var copy = InlineArray<4096, CChar>(repeating: 0)
        for index in 0..<count { copy[index] = unsafe bytes[index] }
        var span = copy.mutableSpan
        return try unsafe span.withUnsafeMutableBufferPointer { (buffer) throws(IOError) in
            try unsafe BeneathPath.find(
                UnsafePointer(buffer.baseAddress.unsafelyUnwrapped), beneath: root, flags: LINUXIO_O_DIRECTORY, isStopped)
        }
    }
}
