// What a cancelled task means for an operation that it awaits.

/// Whether an operation of a cancelled task is done.
enum CancellationRule {
    /// It is not begun any more, and ended if it may wait for others.
    case heeded
    /// It is done in any case: what tidies up.
    case ignored
}
