// All measured disagreements, in the order of their numbers.

/// The disagreements that the specification is made from.
public enum DivergenceCatalogue {
    /// The numbers, each of which stands for one disagreement.
    public static let numbers = 1...141

    /// Every disagreement; a group is added here once.
    public static var all: [Divergence] {
        groups.flatMap { $0 }
    }

    private static let groups: [[Divergence]] = [
        FileDivergences.all, DurabilityDivergences.all, PathDivergences.all, PipeDivergences.all, SocketDivergences.all,
        ReadinessDivergences.all, CancellationDivergences.all, TimeDivergences.all, ChainDivergences.all, LifetimeDivergences.all,
        EnvironmentDivergences.all,
    ]
}
