// How a runtime is set up.

public import IOSpec

/// What a program chooses for its runtime.
public struct RuntimeConfiguration: Sendable {
    /// The backend; nil leaves the choice to the environment variable `IOSPEC_BACKEND`, and without it to ``BackendChoice/automatic``.
    public var backend: BackendChoice?
    /// The event loops, each with a thread and a backend of its own, in `1 ... 1024`; nil for one a processor.
    public var loops: Int?
    /// The size of each loop's backend.
    public var size = BackendConfiguration()

    /// One loop a processor, on the backend that the environment names, or the best there is.
    public init(backend: BackendChoice? = nil, loops: Int? = nil) {
        self.backend = backend
        self.loops = loops
    }
}
