// Rules that the engine can be told to break, so that the suite can prove that it would notice.

/// Deliberate faults, for the suite's own test only. An engine made through the public initialiser has none.
@usableFromInline package struct EngineFaults: OptionSet, Sendable {
    @usableFromInline package let rawValue: UInt64

    @inlinable package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Two operations in one direction are started last first.
    @inlinable package static var lastInFirstOut: EngineFaults { EngineFaults(rawValue: 1 << 0) }
    /// A stale handle reaches whatever took its place.
    @inlinable package static var ignoresHandleGeneration: EngineFaults { EngineFaults(rawValue: 1 << 1) }
    /// A cancel reaches whatever took the slot.
    @inlinable package static var ignoresOperationGeneration: EngineFaults { EngineFaults(rawValue: 1 << 2) }
    /// A short transfer is not continued.
    @inlinable package static var leavesTransfersShort: EngineFaults { EngineFaults(rawValue: 1 << 3) }
    /// A continued transfer begins again at its first byte.
    @inlinable package static var restartsTransfersWhole: EngineFaults { EngineFaults(rawValue: 1 << 4) }
    /// A chain goes on after an error.
    @inlinable package static var continuesFailedChains: EngineFaults { EngineFaults(rawValue: 1 << 5) }
    /// A chain goes on after a short count.
    @inlinable package static var continuesShortChains: EngineFaults { EngineFaults(rawValue: 1 << 6) }
    /// The members of a chain do not wait for each other.
    @inlinable package static var startsChainsAtOnce: EngineFaults { EngineFaults(rawValue: 1 << 7) }
    /// A barrier waits for nothing.
    @inlinable package static var barriersDoNotWait: EngineFaults { EngineFaults(rawValue: 1 << 8) }
    /// Operations after a barrier do not wait for it.
    @inlinable package static var barriersAreOvertaken: EngineFaults { EngineFaults(rawValue: 1 << 9) }
    /// Close does not cancel what is in flight.
    @inlinable package static var closesWithoutCancelling: EngineFaults { EngineFaults(rawValue: 1 << 10) }
    /// A deadline that has passed fails an operation before it was tried.
    @inlinable package static var deadlinesWinOverResults: EngineFaults { EngineFaults(rawValue: 1 << 11) }
    /// Timers with equal instants fire last first.
    @inlinable package static var timersFireLastFirst: EngineFaults { EngineFaults(rawValue: 1 << 12) }
    /// A stream forgets that it was reset.
    @inlinable package static var forgetsResets: EngineFaults { EngineFaults(rawValue: 1 << 13) }
    /// Cancelling what waits has no effect.
    @inlinable package static var cannotCancelWaiting: EngineFaults { EngineFaults(rawValue: 1 << 14) }
    /// A transfer that was cut short says cancelled or timed out and not what it moved.
    @inlinable package static var hidesPartialTransfers: EngineFaults { EngineFaults(rawValue: 1 << 15) }
    /// Shutting down forgets operations that have not started.
    @inlinable package static var shutDownForgetsWaiting: EngineFaults { EngineFaults(rawValue: 1 << 16) }
    /// What is submitted after shutting down is carried out.
    @inlinable package static var acceptsAfterShutDown: EngineFaults { EngineFaults(rawValue: 1 << 17) }
    /// What the kernel's full queue refused is forgotten.
    @inlinable package static var losesHeldBack: EngineFaults { EngineFaults(rawValue: 1 << 18) }
    /// Positional writes to a file opened for appending are carried out.
    @inlinable package static var allowsPositionalAppends: EngineFaults { EngineFaults(rawValue: 1 << 19) }
    /// Access is not checked before a transfer of length 0.
    @inlinable package static var skipsChecksOfEmptyTransfers: EngineFaults { EngineFaults(rawValue: 1 << 20) }
    /// Segments beyond the limit are left out.
    @inlinable package static var truncatesSegments: EngineFaults { EngineFaults(rawValue: 1 << 21) }
    /// Cancelling a member of a chain leaves those after it.
    @inlinable package static var cancelsSingleMembers: EngineFaults { EngineFaults(rawValue: 1 << 22) }
    /// A chain that does not fit is accepted in part.
    @inlinable package static var acceptsPartOfChains: EngineFaults { EngineFaults(rawValue: 1 << 23) }
    /// A deadline is forgotten while an operation waits for its turn.
    @inlinable package static var forgetsDeadlinesOfWaiting: EngineFaults { EngineFaults(rawValue: 1 << 24) }
    /// A path is not checked before it is used.
    @inlinable package static var skipsPathChecks: EngineFaults { EngineFaults(rawValue: 1 << 25) }
    /// A cancelled connect leaves the stream as it was.
    @inlinable package static var forgetsAbandonedConnects: EngineFaults { EngineFaults(rawValue: 1 << 26) }
    /// Without room an accept fails although no connection waits.
    @inlinable package static var refusesAcceptsAtOnce: EngineFaults { EngineFaults(rawValue: 1 << 28) }
    /// A timer saturates at 2^31 milliseconds.
    @inlinable package static var timersWrapAround: EngineFaults { EngineFaults(rawValue: 1 << 27) }
}
