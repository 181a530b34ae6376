// What every Linux backend makes first, with the reason when it cannot be had.

public import IOSpec

/// Makes the parts that all Linux backends have. `denial` says what a person can do where a policy denies a system call.
public enum SetUp {
    /// The waker of a backend.
    ///
    /// - Throws: why there is none.
    public static func waker(denial: String) throws(Unavailability) -> EventWaker {
        do throws(IOError) {
            return try EventWaker()
        } catch {
            throw Unavailability(errno: Int32(error.detail), subject: "eventfd", denial: denial)
        }
    }

    /// The workers of a backend; see ``WorkerPool/init(configuration:nonBlocking:waker:)``.
    ///
    /// - Throws: why there are none.
    public static func workers(
        _ configuration: BackendConfiguration, nonBlocking: Bool, waker: EventWaker, denial: String
    ) throws(Unavailability) -> WorkerPool {
        do throws(IOError) {
            return try WorkerPool(configuration: configuration, nonBlocking: nonBlocking, waker: waker)
        } catch {
            throw Unavailability(errno: Int32(error.detail), subject: "worker threads", denial: denial)
        }
    }
}
