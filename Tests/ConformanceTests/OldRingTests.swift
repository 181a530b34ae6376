// The io_uring backend without what older kernels lack: nobody notices.

#if URing

import BackendURing
import IOEngine
import IOSpec
import Testing

@testable import Conformance

@Suite(.serialized)
struct OldRingTests {
    private static let areas = ["stream.", "multishot.", "readiness.", "cancel.", "message.", "file.truncate", "close."]

    @Test(arguments: KernelSupport.Part.allCases)
    func casesHoldWithoutAPart(_ part: KernelSupport.Part) throws {
        let factory = BackendFactory(name: "uring") { (configuration) throws(Unavailability) in
            try IOEngine<URing>(configuration: configuration, faults: []) { (configuration) throws(Unavailability) in
                try URing(configuration: configuration, without: part)
            }
        }
        let chosen = CaseCatalogue.all.filter { entry in
            entry.isolation == .inProcess && entry.level == .must && Self.areas.contains { entry.id.hasPrefix($0) }
        }
        var passed = 0
        for entry in chosen {
            let result = entry.run(on: factory, seed: 1, checksLeaks: false)
            #expect(!result.verdict.isFailure, "\(entry.id): \(result.message)")
            if result.verdict == .pass { passed += 1 }
        }
        // Without io_uring each case is skipped.
        if (try? URing(configuration: BackendConfiguration())) != nil { #expect(passed > chosen.count / 2) }
    }
}

#endif
