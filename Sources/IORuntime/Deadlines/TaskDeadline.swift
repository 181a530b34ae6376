// The deadline that a task is under.

import IOSpec

/// What ``withDeadline(_:_:)`` sets for a task and its child tasks.
enum TaskDeadline {
    @TaskLocal static var current = Instant.never
}
