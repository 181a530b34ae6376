// What a generated history is mostly about.

/// The part of the specification that a history dwells on, so that its operations meet each other.
enum HistoryTheme: CaseIterable {
    /// The contents of a few files.
    case files
    /// A few names, and directories and links among them.
    case names
    /// Locks on a file that is open several times.
    case locks
    /// Two connected streams.
    case streams
    /// A pipe.
    case pipes
    /// A listener, and streams that connect to it.
    case listeners
    /// Operations with several completions.
    case shots
    /// Pairs and handles for messages.
    case messages
    /// More at once than queues take.
    case bursts
    /// Everything at once.
    case everything
}
