// A pipe that has a name.

/// The one pipe behind a name, and who waits to open it.
final class NamedPipe {
    let pipe = Pipe()
    /// Where opens for reading wait; given when somebody opens for writing.
    let readers = Signal()
    /// Where opens for writing wait; given when somebody opens for reading.
    let writers = Signal()

    init() {}
}
