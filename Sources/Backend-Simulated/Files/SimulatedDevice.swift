// Files that have no contents of their own.

/// The devices that every system has.
public enum SimulatedDevice: Sendable, CaseIterable {
    /// Is empty, and takes everything.
    case null
    /// Is zeros without end, and takes everything.
    case zero
    /// Is zeros without end, and takes nothing.
    case full

    /// How many of `count` bytes can be read, which are zeros.
    func readable(_ count: Int) -> Int { self == .null ? 0 : count }

    /// Whether bytes that are written go anywhere.
    var takesBytes: Bool { self != .full }
}
