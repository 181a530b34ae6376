// What is around a backend, as somebody beside it sees and changes it.

public import IOSpec

/// What cases prepare and look at without the backend under test: the system's own files, peers and limits, or those of a simulated host.
public protocol Surroundings: Sendable {
    /// Makes a fresh empty directory with a short absolute name.
    func makeScratchDirectory() throws -> any ScratchPlace

    // MARK: Making names

    /// Makes a directory.
    func makeDirectory(at path: String, permissions: UInt16) throws
    /// Makes a file that does not exist yet.
    func makeFile(at path: String, contents: [UInt8]) throws
    /// Makes a symbolic link that says `target`.
    func makeSymbolicLink(to target: String, at path: String) throws
    /// Gives the file at `existing` another name.
    func makeHardLink(of existing: String, at path: String) throws
    /// Makes a pipe with a name.
    func makeNamedPipe(at path: String) throws
    /// Makes a socket with a name, to which nobody is bound.
    func makeSocket(at path: String) throws

    // MARK: Changing files

    /// Sets the permissions of a file or directory.
    func setPermissions(_ permissions: UInt16, at path: String) throws
    /// Removes the name of anything but a directory.
    func remove(at path: String) throws
    /// Lets two names change places, in one step, from any thread; false when that is refused.
    func exchange(_ first: String, _ second: String) -> Bool
    /// Sets storage aside for a stretch of a file, which grows to its end; false where that cannot be.
    func setAside(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool
    /// Gives the storage of a stretch of a file back; false where that cannot be.
    func giveBack(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool

    // MARK: Looking

    /// Whether there is something at `path`, itself a link or not.
    func exists(_ path: String) -> Bool
    /// The names in a directory, without `.` and `..`.
    func names(in path: String) throws -> [String]
    /// The times of a file, in nanoseconds since the start of 1970; the birth is 0 where it is not kept.
    func times(at path: String) throws -> (access: Int64, modification: Int64, change: Int64, birth: Int64)
    /// The alignments that direct transfers of a file need, in bytes; 0 when none are told.
    func directAlignment(at path: String) throws -> (memory: Int, offset: Int)
    /// Whether nobody has locked a file.
    func canLock(_ path: String) throws -> Bool
    /// A directory with the devices `null`, `zero` and `full`.
    func devices() throws -> String
    /// What backends have open, each with what tells it apart from all else that is open.
    func openHandles() throws -> Set<String>

    /// How much of that one program may have open at a time.
    func handleLimit() throws -> Int

    // MARK: Peers

    /// Connects to a listener for streams; from any thread.
    func connect(to address: SocketAddress) throws -> any ConnectionPeer
    /// Opens a named pipe both ways, which waits for nobody; from any thread.
    func openNamedPipe(at path: String) throws -> any BytePeer

    // MARK: Taking away

    /// Lets `body` use `path`, an empty directory, as storage of `bytes` bytes, which goes with its last open handle.
    ///
    /// - Throws: ``Skip`` where that cannot be had.
    func withSmallStorage<Result>(at path: String, bytes: Int, _ body: () throws -> Result) throws -> Result
    /// The same with storage that cannot be changed any more once `prepare` has made what is in it.
    func withReadOnlyStorage<Result>(at path: String, prepare: () throws -> Void, _ body: () throws -> Result) throws -> Result
    /// Runs `body` while no file may be longer, and whoever writes on is told so in the harshest way there is; only for cases with a process of their own.
    func withFileSizeLimit<Result>(_ bytes: Int, _ body: () throws -> Result) throws -> Result
    /// Runs `body` while nobody is given another handle; only for cases with a process of their own.
    func withoutFreeHandles<Result>(_ body: () throws -> Result) throws -> Result
    /// Leaves the calling thread without a network, for good: nothing is reachable for what it makes from now on; only for cases with a process of their own.
    ///
    /// - Throws: ``Skip`` where that cannot be had.
    func leaveNetwork() throws
    /// Whether what is made belongs to a user who is never denied a permission.
    var actsForSuperuser: Bool { get }
    /// Runs `body` with the rights of a user who owns nothing; only for cases with a process of their own.
    func asOrdinaryUser<Result>(_ body: () throws -> Result) throws -> Result
}

extension Surroundings {
    /// Makes a directory that others may look into.
    func makeDirectory(at path: String) throws { try makeDirectory(at: path, permissions: 0o755) }

    /// Makes an empty file.
    func makeFile(at path: String) throws { try makeFile(at: path, contents: []) }
}
