// What a rename does to a name that exists already.

/// How a rename treats its second name.
public enum RenameMode: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// What it named is replaced.
    case replacing
    /// It must not exist: `.alreadyExists`.
    case exclusive
    /// It must exist: the two names change places.
    case exchanging
}
