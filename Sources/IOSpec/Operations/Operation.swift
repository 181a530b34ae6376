// Every operation as plain data, by family.

/// What a backend is asked to do.
///
/// Trivially copyable, so that operations can be logged, replayed, generated, shrunk and simulated.
public enum Operation: BitwiseCopyable, Hashable, Sendable {
    /// Nothing, and closing.
    case control(ControlOperation)
    /// Timers.
    case time(TimeOperation)
    /// What begins with a path.
    case path(PathOperation)
    /// What has positions.
    case file(FileOperation)
    /// What has an order and no positions.
    case stream(StreamOperation)
    /// What is moved as a whole.
    case message(MessageOperation)
    /// What is only waited for.
    case watch(WatchOperation)
}
