// The files of the system that the suite runs on.

/// What backends with a kernel underneath live in.
public struct NativeSurroundings: Surroundings {
    /// The system's own files.
    public init() {}

    public func makeScratchDirectory() throws -> any ScratchPlace { try ScratchDirectory() }

    public func makeDirectory(at path: String, permissions: UInt16) throws { try Native.makeDirectory(at: path, permissions: permissions) }
}

extension ScratchDirectory: ScratchPlace {}
