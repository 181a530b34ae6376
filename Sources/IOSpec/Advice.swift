// How a program says that it will use a file.

/// What a program expects to do with a part of a file.
public enum Advice: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// Nothing in particular.
    case normal
    /// From the lower offsets to the higher.
    case sequential
    /// In no order.
    case random
    /// Soon.
    case willNeed
    /// Not soon.
    case willNotNeed
    /// Only once.
    case noReuse
}
