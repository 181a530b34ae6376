// Where the last component of a path lies.

/// A directory, and what the last component of a path says in it.
struct ModelName: Hashable, Sendable {
    enum Last: Hashable, Sendable {
        case name([UInt8])
        /// `.`, which is the directory itself.
        case current
        /// `..`, with the directory above.
        case parent(Int)
    }

    let directory: Int
    let last: Last
    /// Whether the path ends with a slash, so that only a directory is meant.
    let endsWithSlash: Bool
    /// The links that the path has led over.
    let links: Int

    var name: [UInt8]? {
        if case .name(let name) = last { return name }
        return nil
    }
}
