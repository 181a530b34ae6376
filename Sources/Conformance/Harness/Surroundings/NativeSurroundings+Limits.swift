// What the system can take away from its processes.

extension NativeSurroundings {
    public func withSmallStorage<Result>(at path: String, bytes: Int, _ body: () throws -> Result) throws -> Result {
        try Native.withSmallStorage(at: path, bytes: bytes, body)
    }

    public func withReadOnlyStorage<Result>(at path: String, prepare: () throws -> Void, _ body: () throws -> Result) throws -> Result {
        try Native.withReadOnlyStorage(at: path, prepare: prepare, body)
    }

    /// The signal that too long a file raises has its default meaning: the end of this process.
    public func withFileSizeLimit<Result>(_ bytes: Int, _ body: () throws -> Result) throws -> Result {
        Native.restoreFileSizeSignal()
        return try Native.withLimit(.fileSize, UInt64(bytes), body)
    }

    public func withoutFreeHandles<Result>(_ body: () throws -> Result) throws -> Result {
        let highest = try Native.openDescriptors().keys.max() ?? 64
        return try Native.withLimit(.descriptors, UInt64(highest) + 4) {
            var fillers: [Int32] = []
            defer { fillers.forEach(Native.close) }
            while let filler = try? Native.openDescriptor("/dev/null", flags: 0) { fillers.append(filler) }
            return try body()
        }
    }

    public func handleLimit() throws -> Int { Int(clamping: try Native.limit(.descriptors).soft) }

    public func leaveNetwork() throws { try Native.leaveNetwork() }

    public var actsForSuperuser: Bool { Native.isSuperuser }

    public func asOrdinaryUser<Result>(_ body: () throws -> Result) throws -> Result { try Native.asOrdinaryUser(body) }
}
