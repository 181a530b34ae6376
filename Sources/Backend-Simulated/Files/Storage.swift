// Where nodes lie.

/// The room of one file system. A tree has one, and directories beneath it may be the roots of others.
final class Storage {
    /// What tells it apart; 0 is left to what lies on no storage.
    let device: UInt64
    /// The bytes that it has; nil for as many as the settings of the world say.
    let capacity: Int?
    /// Whether programs can change nothing in it.
    var isReadOnly = false
    /// The bytes that are taken up.
    var usedBytes = 0

    init(device: UInt64, capacity: Int? = nil) {
        self.device = device
        self.capacity = capacity
    }
}
