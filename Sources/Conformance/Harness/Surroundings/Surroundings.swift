// The files around a backend, as somebody beside it sees and changes them.

/// What cases prepare and look at without the backend under test: the system's own files, or those of a simulated host.
public protocol Surroundings: Sendable {
    /// Makes a fresh empty directory with a short absolute name.
    func makeScratchDirectory() throws -> any ScratchPlace
    /// Makes a directory.
    func makeDirectory(at path: String, permissions: UInt16) throws
}

/// A directory of a case's own, gone with the last reference to it.
public protocol ScratchPlace: AnyObject {
    /// Its absolute name.
    var path: String { get }
}
