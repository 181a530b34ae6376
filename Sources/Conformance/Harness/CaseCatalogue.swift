// All cases, in the order of the specification.

/// The cases of the suite.
public enum CaseCatalogue {
    /// Every case; a group is added here once.
    public static var all: [ConformanceCase] {
        groups.flatMap { $0 }
    }

    private static let groups: [[ConformanceCase]] = [
        NopCases.all, CompletionCases.all, ProgressCases.all, WakeCases.all, StreamOrderCases.all, StreamTransferCases.all,
        StreamEndCases.all, StreamConnectCases.all, StreamAcceptCases.all, StreamConservationCases.all, CloseStreamCases.all,
        CancelCases.all, ChainCases.all, BarrierCases.all, ShutdownCases.all, AbandonedConnectCases.all, PortableCases.all,
        DirectAlignmentCases.all, LimitCases.all, ZeroLengthCases.all, BufferCases.all, HandleCases.all, CloseCases.all,
        FileReadCases.all, FileWriteCases.all, FileVectoredCases.all, FileAppendCases.all, FileStatusCases.all, FileTruncateCases.all,
        FileSpecialCases.all, FileDirectCases.all, PathErrorCases.all, PathBeneathCases.all, PathCreateCases.all, NamedPipeCases.all,
        TimerCases.all, DeadlineCases.all, DeadlineResultCases.all, AvailabilityCases.all, MechanismCases.all, DenialCases.all,
        ProcessCases.all, IdleCases.all, BurstCases.all, FileStorageCases.all, CloseReleaseCases.all, StreamDescriptorCases.all,
        PathSurroundingCases.all, CycleCases.all, OldKernelCases.all, ReceiveRaceCases.all, AcceptRaceCases.all, HandleRaceCases.all,
        ClockRaceCases.all, TaskRaceCases.all, EveryPathCases.all, PathStatusCases.all, LinkCases.all, RenameCases.all, UnlinkCases.all,
        DirectoryCases.all, ListCases.all, TemporaryCases.all, SpaceCases.all, AttributeCases.all, LockCases.all, LockWaitingCases.all,
        MessageTransferCases.all, MessageAddressCases.all, MessageWaitCases.all, PacketCases.all, PassedHandleCases.all,
        PassedHandleClosingCases.all, PassedHandleRefusalCases.all,
        SharedHandleCases.all, OptionCases.all, StreamSegmentCases.all, MultishotAcceptCases.all, MultishotReceiveCases.all,
        MultishotPoolCases.all, MultishotEndCases.all, MultishotRaceCases.all, ZeroCopyCases.all, RegistrationCases.all,
        ReadinessCases.all, ReadinessMultishotCases.all, ForeignCases.all, ProcessEndCases.all, SpliceCases.all, SpliceWaitCases.all,
        SpliceConservationCases.all, SpliceEndingCases.all, MessageRoomCases.all, ThreadCases.all,
    ]
}
