// One thing that a kernel interface looked for when it was set up.

/// A feature that a backend probed for, and whether it is in use.
public struct KernelFeature: Hashable, Sendable {
    /// The name by which the kernel's documentation knows it.
    public let name: String
    /// Whether the kernel has it and the backend uses it.
    public let isPresent: Bool

    /// The outcome of probing for `name`.
    public init(name: String, isPresent: Bool) {
        self.name = name
        self.isPresent = isPresent
    }
}
