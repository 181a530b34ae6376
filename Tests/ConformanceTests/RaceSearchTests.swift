// The search for the delay at which a race flips finds it from both sides, and stays there.

import Testing

@testable import Conformance

@Suite struct RaceSearchTests {
    /// The search of a race whose event wins exactly when it is given more time than `flip`, and the delays that it tried.
    private func search(flip: Int64, rounds: Int = 600) -> (search: RaceSearch, delays: [Int64]) {
        var search = RaceSearch(event: "event", challenger: "challenger")
        var random = SplitMix64(seed: 5)
        var delays: [Int64] = []
        for _ in 0..<rounds {
            delays.append(search.next(using: &random))
            search.record(eventWon: delays[delays.count - 1] > flip)
        }
        return (search, delays)
    }

    @Test(arguments: [0, 3_000, -3_000, 400_000, -400_000, 2_000_000, -2_000_000] as [Int64])
    func mostRoundsAreSpentAroundTheFlip(flip: Int64) {
        let delays = search(flip: flip).delays.suffix(500)
        let near = delays.count { abs($0 - flip) < 5_000 }
        #expect(near > 400, "\(near) of 500 around \(flip)")
        let above = delays.count { $0 > flip }
        #expect(above > 100 && above < 400, "\(above) of 500 above \(flip)")
    }

    @Test func anOutcomeThatWasNeverSeenIsSaid() {
        #expect(search(flip: .max, rounds: 50).search.summary == "50 rounds: 0 event, 50 challenger; event was never seen")
        #expect(search(flip: .min, rounds: 50).search.summary == "50 rounds: 50 event, 0 challenger; challenger was never seen")
    }

    @Test func aPartnerActsOnceInEachRound() throws {
        let partner = try RacePartner { Int32($0) }
        for number in 0..<100 {
            partner.begin(number, after: Int64(number) * 10)
            #expect(partner.finish() == Int32(number))
        }
    }
}
