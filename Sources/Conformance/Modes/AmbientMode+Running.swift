// What the runner itself does for a mode, around the children.

extension AmbientMode {
    /// Runs `body` while whatever lies outside the children is as the mode wants it.
    func surround<Result>(_ body: () throws -> Result) throws -> Result {
        guard self == .busy else { return try body() }
        let load = try ProcessorLoad()
        defer { load.end() }
        return try body()
    }

    /// A directory that the children of the mode can use.
    func scratchDirectory() throws -> ScratchDirectory {
        let scratch = try ScratchDirectory()
        if self == .unprivileged { Native.giveToOrdinaryUser(scratch.path) }
        return scratch
    }
}
