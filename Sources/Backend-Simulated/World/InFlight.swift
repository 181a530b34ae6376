// One operation in flight.

import IOSpec

/// What a station keeps of an operation from its start to its event.
final class InFlight {
    let operation: Operation
    let handle: NativeHandle
    /// What the handle refers to; nil for an operation without one.
    let thing: Thing?
    let serial: UInt64
    /// The further handles that it names, and what they refer to, held until the operation is over.
    var others: [NativeHandle] = []
    var otherThings: [Thing] = []
    /// Whether this is not its first try.
    var wasTried = false
    /// The named pipe that an open has found, and whose peer it waits for.
    var found: Node?
    /// Whether this is its last try.
    var isStopped = false
    /// What an operation of several steps has come to; each family has its own use for it.
    var progress = 0

    /// Of a lasting wait for readiness: the changes that it has looked at.
    var seen: SeenChanges?

    init(_ operation: Operation, on handle: NativeHandle, _ thing: Thing?, serial: UInt64) {
        self.operation = operation
        self.handle = handle
        self.thing = thing
        self.serial = serial
    }

    func letGo() {
        for thing in otherThings { thing.description.letGo() }
        otherThings = []
    }
}
