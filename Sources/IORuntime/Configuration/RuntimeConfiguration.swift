// How a runtime is set up.

public import CoreMetrics
public import IOSpec
public import Logging

/// What a program chooses for its runtime.
///
/// Which backend serves it is decided by the first of these that says so: ``backend``, the environment variable `IOSPEC_BACKEND`, ``configuredBackend``; and by
/// ``BackendChoice/automatic`` when none does.
public struct RuntimeConfiguration: Sendable {
    /// The backend that the program's code asks for.
    public var backend: BackendChoice?
    /// The name of the backend that a configuration asks for, one of ``BackendChoice/names``; it counts when neither code nor environment ask for one.
    public var configuredBackend: String?
    /// The event loops, each with a thread and a backend of its own, in `1 ... 1024`; nil for one a processor that the process may use. What is acquired belongs to
    /// one of them, and is best used by tasks of the same one.
    public var loops: Int?
    /// The size of each loop's backend. Of its operations an eighth is kept for what does not wait for others: so many fewer may wait at a time, and
    /// more wait for their turn. A server with thousands of connections that wait for their peers wants more of them.
    public var size = BackendConfiguration()
    /// Where it is told once how the loops came to their backends: as information, and as a warning when something that was tried could not be had.
    public var logger = Logger(label: "io-runtime")
    /// Where the loops count what they do; nil counts nothing, and costs nothing. Each has the dimension `loop`, its number:
    ///
    /// | name | kind | what |
    /// | --- | --- | --- |
    /// | `io_operations` | counter | operations that ended, with the dimensions `operation` and `outcome`, which is `success` or `failure` |
    /// | `io_bytes` | counter | bytes that were moved, with the dimension `operation` |
    /// | `io_latency` | timer | the time from an operation's submission to its end, with the dimension `operation` |
    /// | `io_batch` | recorder | the completions that came at once |
    /// | `io_depth` | recorder | the operations that were in flight then |
    public var metrics: (any MetricsFactory)?
    /// A file to which every operation is written, in the format that trace viewers such as Perfetto open; the environment variable `IOSPEC_TRACE` names one, too, and counts
    /// when this is nil. A file of that name is replaced. Writing it is not free: the loops wait for it now and then.
    public var traceFile: String?
    /// Where variables of the environment come from.
    var environment = Self.processEnvironment

    /// A runtime on the backend that the environment names, or the best there is, with a loop for each processor.
    public init(backend: BackendChoice? = nil, loops: Int? = nil) {
        self.backend = backend
        self.loops = loops
    }
}
