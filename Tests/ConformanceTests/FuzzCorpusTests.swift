// Histories that are worth keeping, on every backend.

import BackendEpoll
import BackendSimulated
import IOSpec
import Testing

@testable import Conformance

#if AIO
import BackendAIO
#endif
#if URing
import BackendURing
#endif

@Suite(.serialized) struct FuzzCorpusTests {
    private static let folder =
        "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/Histories"

    private static var paths: [String] {
        let names = (try? Native.names(in: folder)) ?? []
        return names.filter { $0.hasSuffix(".history") }.sorted().map { "\(folder)/\($0)" }
    }

    private static var kernels: [BackendFactory] {
        var all = [BackendFactory.engine(Epoll.self)]
        #if AIO
        all.append(.engine(AIO.self))
        #endif
        #if URing
        all.append(.engine(URing.self))
        #endif
        return all
    }

    @Test func theCorpusIsThere() {
        #expect(Self.paths.count >= 10)
    }

    @Test(arguments: paths)
    func everyBackendCarriesItOutAsTheSpecificationSays(path: String) throws {
        let history = try History(readingFrom: path)
        let simulated = BackendFactory.simulated(in: SimulatedWorld(seed: history.seed))
        for factory in Self.kernels + [simulated] {
            switch HistoryExecutor.run(history, on: factory).verdict {
            case .agreed, .unavailable: break
            case .disagreed(let disagreement): Issue.record("\(factory.name): \(disagreement)")
            case .skipped(let reason), .broken(let reason): Issue.record("\(factory.name): \(reason)")
            }
        }
    }
}
