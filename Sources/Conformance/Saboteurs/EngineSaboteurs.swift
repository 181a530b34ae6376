// One saboteur for each rule of the engine that can be switched off.

import IOEngine
import IOSpec

enum EngineSaboteurs {
    static let all: [Saboteur] = transfers + handles + cancellation + chains + time

    /// Makes the kernel move at most a page at a time, which it may, so that the engine has transfers to continue.
    @Sendable private static func movePages(_ fault: inout KernelFault) {
        fault.start = { operation, handle in (operation.limited(to: 4096), handle) }
    }

    /// Makes the kernel refuse whatever is started while two operations are pending, as a full queue does.
    @Sendable private static func takeTwoAtATime(_ fault: inout KernelFault) {
        fault.answer = { _, _, pending in pending.count >= 2 ? .full : nil }
    }

    /// Keeps a list that the engine let through from being refused by the kernel.
    @Sendable private static func takeSegmentsUpToLimit(_ fault: inout KernelFault) {
        fault.start = { operation, handle in (operation.segments { $0.prefix(Limits.maximumSegments) }, handle) }
    }

    private static let transfers: [Saboteur] = [
        .engine(
            "transfer.left-short", breaks: "file.full-transfer", "stream.full-send",
            summary: "A transfer that the kernel cut short is reported short.", disagreement: 27, faults: .leavesTransfersShort,
            over: movePages),
        .engine(
            "transfer.restarts-whole", breaks: "file.full-transfer", "stream.full-send", "stream.conservation",
            summary: "The rest of a short transfer begins at the first byte again.", disagreement: 34, faults: .restartsTransfersWhole,
            over: movePages),
        .engine(
            "transfer.partial-is-hidden", breaks: "result.moved-is-reported", "cancel.partial", "time.partial",
            summary: "A transfer that is cut short says so and not what it moved.", faults: .hidesPartialTransfers),
        .engine(
            "transfer.empty-is-unchecked", breaks: "result.zero-length",
            summary: "A transfer of length 0 succeeds in a direction that the handle was not opened for.",
            faults: .skipsChecksOfEmptyTransfers
        ),
        .engine(
            "transfer.segments-beyond-limit", breaks: "result.segment-limit",
            summary: "Segments beyond the limit are left out.", faults: .truncatesSegments, over: takeSegmentsUpToLimit),
        .engine(
            "burst.loses-refused", breaks: "completion.burst",
            summary: "What the kernel's full queue refused is forgotten.", faults: .losesHeldBack, over: takeTwoAtATime),
    ]

    private static let handles: [Saboteur] = [
        .engine(
            "handle.generation-ignored", breaks: "handle.stale", "close.again",
            summary: "A stale handle reaches whatever took its place.", disagreement: 95, faults: .ignoresHandleGeneration),
        .engine(
            "close.does-not-cancel", breaks: "close.cancels", summary: "Close does not end what is in flight on the handle.",
            faults: .closesWithoutCancelling),
        .engine(
            "stream.last-in-first-out", breaks: "stream.order", summary: "Of two queued operations the last goes first.",
            disagreement: 56, faults: .lastInFirstOut),
        .engine(
            "stream.reset-forgotten", breaks: "stream.reset-sticky",
            summary: "After a reset was reported once, the stream seems to have ended.", faults: .forgetsResets),
        .engine(
            "stream.abandoned-connect-usable", breaks: "stream.connect-cancelled",
            summary: "After a cancelled connect the stream is taken for one that was never connected.", faults: .forgetsAbandonedConnects),
        .engine(
            "stream.accept-refused-early", breaks: "stream.accept-exhausted", "multishot.exhausted",
            summary: "Without room an accept fails although no connection waits.", faults: .refusesAcceptsAtOnce),
        .engine(
            "file.positional-write-to-appending", breaks: "file.append",
            summary: "A positional write to a file opened for appending is carried out.", faults: .allowsPositionalAppends),
        .engine(
            "path.unchecked", breaks: "path.malformed", summary: "Paths and options reach the kernel unchecked.", faults: .skipsPathChecks),
    ]

    private static let cancellation: [Saboteur] = [
        .engine(
            "cancel.generation-ignored", breaks: "cancel.harmless", "completion.identity",
            summary: "A late cancel reaches the operation that took the slot.", disagreement: 104, faults: .ignoresOperationGeneration),
        .engine(
            "cancel.waiting-cannot-be-cancelled", breaks: "cancel.before-start", "cancel.prompt", "chain.cancel",
            summary: "What waits for its turn cannot be cancelled.", disagreement: 97, faults: .cannotCancelWaiting),
        .engine(
            "shutdown.forgets-waiting", breaks: "shutdown.terminal",
            summary: "Shutting down forgets what waits for its turn.", faults: .shutDownForgetsWaiting),
        .engine(
            "shutdown.still-accepts", breaks: "shutdown.refuses",
            summary: "What is submitted after shutting down is carried out.", faults: .acceptsAfterShutDown),
    ]

    private static let chains: [Saboteur] = [
        .engine(
            "chain.goes-on-after-error", breaks: "chain.breaks", summary: "A chain goes on after an error.", disagreement: 121,
            faults: .continuesFailedChains),
        .engine(
            "chain.goes-on-after-short-count", breaks: "chain.breaks", summary: "A chain goes on after a short count.",
            faults: .continuesShortChains),
        .engine(
            "chain.starts-at-once", breaks: "chain.order", summary: "The members of a chain do not wait for each other.",
            faults: .startsChainsAtOnce),
        .engine(
            "chain.cancels-one-member", breaks: "chain.cancel", summary: "The members after a cancelled one go on.",
            faults: .cancelsSingleMembers),
        .engine(
            "chain.accepted-in-part", breaks: "chain.whole", summary: "Of a chain that does not fit, the first members are accepted.",
            faults: .acceptsPartOfChains),
        .engine(
            "barrier.does-not-wait", breaks: "barrier.waits", summary: "A barrier starts at once.", faults: .barriersDoNotWait),
        .engine(
            "barrier.is-overtaken", breaks: "barrier.not-overtaken", summary: "What comes after a barrier does not wait for it.",
            faults: .barriersAreOvertaken),
    ]

    private static let time: [Saboteur] = [
        .engine(
            "time.deadline-wins", breaks: "time.result-wins",
            summary: "A deadline that has passed fails an operation before it was tried.", faults: .deadlinesWinOverResults),
        .engine(
            "time.ties-reversed", breaks: "time.order", summary: "Timers of one instant fire last first.", faults: .timersFireLastFirst),
        .engine(
            "time.queued-deadline-forgotten", breaks: "time.deadline",
            summary: "A deadline that passes while an operation waits for its turn is forgotten.", faults: .forgetsDeadlinesOfWaiting),
        .engine(
            "time.wraps-around", breaks: "time.far-future", summary: "A timer beyond 2^31 milliseconds fires at once.",
            faults: .timersWrapAround),
    ]
}
