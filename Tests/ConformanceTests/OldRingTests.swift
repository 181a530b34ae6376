// The io_uring backend without what older kernels lack: nobody notices.

#if URing

import BackendURing
import IOEngine
import IOSpec
import Testing

@testable import Conformance

@Suite(.serialized)
struct OldRingTests {
    /// The cases that would meet the absence of a part.
    private static let concerned: [(part: KernelSupport.Part, cases: [String])] = [
        (.truncation, ["file.truncate"]), (.sendingWithoutCopying, ["stream.zero-copy"]),
        (.suppressingSignals, ["stream.broken-pipe"]), (.skippingCompletions, ["cancel."]), (.pollingRepeatedly, ["readiness."]),
        (.acceptingWithoutWaiting, ["stream.accept", "multishot.accept", "multishot.exhausted", "cancel.accept"]),
    ]

    @Test func everyPartIsTried() {
        #expect(Set(Self.concerned.map(\.part)) == Set(KernelSupport.Part.allCases))
    }

    @Test(.enabled(if: isAvailable), arguments: concerned.indices)
    func casesHoldWithoutAPart(place: Int) {
        let (part, areas) = Self.concerned[place]
        let factory = BackendFactory(name: "uring") { (configuration) throws(Unavailability) in
            try IOEngine<URing>(configuration: configuration, faults: []) { (configuration) throws(Unavailability) in
                try URing(configuration: configuration, without: part)
            }
        }
        var passed = 0
        for entry in CaseCatalogue.all where entry.isolation == .inProcess && areas.contains(where: entry.id.hasPrefix) {
            let result = entry.run(on: factory, seed: 1, checksLeaks: false)
            #expect(!result.verdict.isFailure, "\(entry.id): \(result.message)")
            if result.verdict == .pass { passed += 1 }
        }
        #expect(passed > 0)
    }

    private static var isAvailable: Bool { (try? URing(configuration: BackendConfiguration())) != nil }
}

#endif
