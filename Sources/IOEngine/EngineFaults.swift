// Rules that the engine can be told to break, so that the suite can prove that it would notice.

/// Deliberate faults, for the suite's own test only. An engine made through the public initialiser has none.
package struct EngineFaults: OptionSet, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Two operations in one direction are started last first.
    package static var lastInFirstOut: EngineFaults { EngineFaults(rawValue: 1 << 0) }
    /// A stale handle reaches whatever took its place.
    package static var ignoresHandleGeneration: EngineFaults { EngineFaults(rawValue: 1 << 1) }
    /// A cancel reaches whatever took the slot.
    package static var ignoresOperationGeneration: EngineFaults { EngineFaults(rawValue: 1 << 2) }
    /// A short transfer is not continued.
    package static var leavesTransfersShort: EngineFaults { EngineFaults(rawValue: 1 << 3) }
    /// A continued transfer begins again at its first byte.
    package static var restartsTransfersWhole: EngineFaults { EngineFaults(rawValue: 1 << 4) }
    /// A chain goes on after an error.
    package static var continuesFailedChains: EngineFaults { EngineFaults(rawValue: 1 << 5) }
    /// A chain goes on after a short count.
    package static var continuesShortChains: EngineFaults { EngineFaults(rawValue: 1 << 6) }
    /// The members of a chain do not wait for each other.
    package static var startsChainsAtOnce: EngineFaults { EngineFaults(rawValue: 1 << 7) }
    /// A barrier waits for nothing.
    package static var barriersDoNotWait: EngineFaults { EngineFaults(rawValue: 1 << 8) }
    /// Operations after a barrier do not wait for it.
    package static var barriersAreOvertaken: EngineFaults { EngineFaults(rawValue: 1 << 9) }
    /// Close does not cancel what is in flight.
    package static var closesWithoutCancelling: EngineFaults { EngineFaults(rawValue: 1 << 10) }
    /// A deadline that has passed fails an operation before it was tried.
    package static var deadlinesWinOverResults: EngineFaults { EngineFaults(rawValue: 1 << 11) }
    /// Timers with equal instants fire last first.
    package static var timersFireLastFirst: EngineFaults { EngineFaults(rawValue: 1 << 12) }
    /// A stream forgets that it was reset.
    package static var forgetsResets: EngineFaults { EngineFaults(rawValue: 1 << 13) }
    /// Cancelling what waits has no effect.
    package static var cannotCancelWaiting: EngineFaults { EngineFaults(rawValue: 1 << 14) }
    /// A transfer that was cut short says cancelled or timed out and not what it moved.
    package static var hidesPartialTransfers: EngineFaults { EngineFaults(rawValue: 1 << 15) }
    /// Shutting down forgets operations that have not started.
    package static var shutDownForgetsWaiting: EngineFaults { EngineFaults(rawValue: 1 << 16) }
    /// What is submitted after shutting down is carried out.
    package static var acceptsAfterShutDown: EngineFaults { EngineFaults(rawValue: 1 << 17) }
    /// What the kernel's full queue refused is forgotten.
    package static var losesHeldBack: EngineFaults { EngineFaults(rawValue: 1 << 18) }
    /// Positional writes to a file opened for appending are carried out.
    package static var allowsPositionalAppends: EngineFaults { EngineFaults(rawValue: 1 << 19) }
    /// Access is not checked before a transfer of length 0.
    package static var skipsChecksOfEmptyTransfers: EngineFaults { EngineFaults(rawValue: 1 << 20) }
    /// Segments beyond the limit are left out.
    package static var truncatesSegments: EngineFaults { EngineFaults(rawValue: 1 << 21) }
    /// Cancelling a member of a chain leaves those after it.
    package static var cancelsSingleMembers: EngineFaults { EngineFaults(rawValue: 1 << 22) }
    /// A chain that does not fit is accepted in part.
    package static var acceptsPartOfChains: EngineFaults { EngineFaults(rawValue: 1 << 23) }
    /// A deadline is forgotten while an operation waits for its turn.
    package static var forgetsDeadlinesOfWaiting: EngineFaults { EngineFaults(rawValue: 1 << 24) }
    /// A path is not checked before it is used.
    package static var skipsPathChecks: EngineFaults { EngineFaults(rawValue: 1 << 25) }
    /// A cancelled connect leaves the stream as it was.
    package static var forgetsAbandonedConnects: EngineFaults { EngineFaults(rawValue: 1 << 26) }
    /// A timer saturates at 2^31 milliseconds.
    package static var timersWrapAround: EngineFaults { EngineFaults(rawValue: 1 << 27) }
}
