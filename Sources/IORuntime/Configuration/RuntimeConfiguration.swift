// How a runtime is set up.

public import IOSpec

/// What a program chooses for its runtime.
public struct RuntimeConfiguration: Sendable {
    /// The backend; nil leaves the choice to the environment variable `IOSPEC_BACKEND`, and without it to ``BackendChoice/automatic``.
    public var backend: BackendChoice?
    /// The event loops, each with a thread and a backend of its own, in `1 ... 1024`. What is acquired belongs to one of them, and is best used by tasks of the same one.
    public var loops: Int
    /// The size of each loop's backend. Of its operations an eighth is kept for what does not wait for others: so many fewer may wait at a time, and
    /// more wait for their turn. A server with thousands of connections that wait for their peers wants more of them.
    public var size = BackendConfiguration()

    /// A runtime on the backend that the environment names, or the best there is.
    public init(backend: BackendChoice? = nil, loops: Int = 1) {
        self.backend = backend
        self.loops = loops
    }
}
