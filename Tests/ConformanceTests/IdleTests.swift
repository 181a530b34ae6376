// Who is said to keep a processor busy while it waits. That waits are measured rightly the self-test shows, whose cases have processes of their own.

import Testing

@testable import Conformance

@Suite struct IdleTests {
    private let rest = ProcessorUsage(spun: 50_000_000, used: 500_000, elapsed: 100_000_000)

    @Test(arguments: [1, 3, 40]) func whoNeverRestsIsBlamedHoweverLoadedTheMachineIs(load: Int64) {
        let share = 200_000_000 / load
        let wait = ProcessorUsage(spun: share, used: share, elapsed: 200_000_000)
        #expect(wait.used >= wait.allowed(besides: rest))
    }

    @Test(arguments: [1, 3, 40]) func whoUsesWhatAPlainWaitUsesIsNot(load: Int64) {
        let wait = ProcessorUsage(spun: 200_000_000 / load, used: 1_000_000, elapsed: 200_000_000)
        #expect(wait.used < wait.allowed(besides: rest))
    }
}
