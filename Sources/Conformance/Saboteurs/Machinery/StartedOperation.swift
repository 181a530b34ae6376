// What a sabotaged kernel interface remembers of an operation that the engine has started.

import IOSpec

/// An operation in a slot, from its start to its event.
struct StartedOperation {
    /// What the engine asked for, whatever was done instead.
    let operation: Operation
    let handle: NativeHandle
    /// The other handles that the operation names.
    var others: [NativeHandle] = []
    /// What earlier starts of the same operation moved, when it was started again behind the engine's back.
    var moved: Int32 = 0
    /// Whether the engine asked for it to end.
    var isStopped = false
    /// Whether it was stopped although nobody asked.
    var isDisturbed = false
    /// Whether its event has come and is held.
    var isHeld = false
}
