// What a program says at the end of a turn.

/// Whether a program goes on.
public enum ProgramTurn: Sendable {
    /// It wants another turn, when there is something to do for it.
    case goesOn
    /// It has done what it was for; its backend is dropped.
    case isOver
}
