// What a program holds instead of a descriptor number: an index and a generation.

/// An opaque reference to a file, directory, stream, pipe end or listener of one backend.
///
/// A handle never shows a native number. Each use checks the generation, so a stale handle is `.badHandle` and never
/// another file (clause `handle.stale`).
public struct Handle: BitwiseCopyable, Hashable, Sendable {
    /// The place in the backend's handle table.
    public let index: UInt32

    /// Tells the occupants of one place apart; zero is never in use.
    public let generation: UInt32

    /// Names the occupant of `index` that has `generation`. Backends make handles; programs only pass them on.
    public init(index: UInt32, generation: UInt32) {
        self.index = index
        self.generation = generation
    }

    /// A handle that no backend ever gives out.
    public static var invalid: Handle { Handle(index: .max, generation: 0) }
}
