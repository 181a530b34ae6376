// All saboteurs.

/// The saboteurs of the suite.
public enum SaboteurCatalogue {
    /// Every saboteur; a group is added here once.
    public static var all: [Saboteur] {
        groups.flatMap { $0 }
    }

    private static let groups: [[Saboteur]] = [
        CompletionSaboteurs.all, EngineSaboteurs.all, FileSaboteurs.all, PathSaboteurs.all, StreamSaboteurs.all, CancelSaboteurs.all,
        LifetimeSaboteurs.all, MechanismSaboteurs.all, EnduranceSaboteurs.all, NameSaboteurs.all, AttributeSaboteurs.all,
        LockSaboteurs.all, MessageSaboteurs.all, MultishotSaboteurs.all, WatchSaboteurs.all, ModeSaboteurs.all,
    ]
}
