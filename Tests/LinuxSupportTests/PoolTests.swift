// Buffers of pools: taken when bytes are there, and given back.

import CLinuxIO
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("A pool of buffers")
struct PoolTests {
    private func result(_ outcome: AttemptOutcome) -> Int32? {
        if case .finished(let result, _) = outcome { result } else { nil }
    }

    @Test("gives each buffer once, within its memory, until none is left")
    func taking() throws {
        let memory = Memory(100)
        var pools = BufferPools()
        pools.add(memory.region, each: 16)
        let pool = BufferPool(index: 0)
        var regions: [Int: MemoryRegion] = [:]
        while let (index, region) = pools.take(from: pool) { regions[index] = region }
        #expect(regions.keys.sorted() == Array(0..<6))
        for (index, region) in regions {
            #expect(region.count == 16)
            #expect(region.address == memory.region.address + UInt(index * 16))
        }
        pools.give(3, to: pool)
        #expect(pools.take(from: pool)?.index == 3)
        #expect(pools.take(from: pool) == nil)
    }

    @Test("is left alone by a receive that finds no bytes, or the end", arguments: PairedResource.allCases.filter(\.isByteStream))
    func withoutBytes(resource: PairedResource) throws {
        let (reader, writer) = try Acquisition.acquire(pair: resource, nonBlocking: true)
        defer { Acquisition.discard(reader) }
        let memory = Memory(16)
        var pools = BufferPools()
        pools.add(memory.region, each: 16)
        let receive = Operation.stream(.receiveMultishot(.invalid, BufferPool(index: 0)))
        for _ in 0..<3 {
            guard case .wouldBlock(.receiving) = Attempt.start(receive, on: reader, takingFrom: &pools) else {
                Acquisition.discard(writer)
                Issue.record("A receive without bytes must wait")
                return
            }
        }
        Acquisition.discard(writer)
        #expect(result(Attempt.resume(receive, on: reader, takingFrom: &pools)) == 0)
        #expect(pools.take(from: BufferPool(index: 0)) != nil)
        #expect(result(Attempt.resume(receive, on: reader, takingFrom: &pools)) == 0)
    }

    @Test("tells that it has run out only when bytes wait, which stay", arguments: PairedResource.allCases.filter(\.isByteStream))
    func exhausted(resource: PairedResource) throws {
        let (reader, writer) = try Acquisition.acquire(pair: resource, nonBlocking: true)
        defer {
            Acquisition.discard(reader)
            Acquisition.discard(writer)
        }
        let memory = Memory(8)
        var pools = BufferPools()
        pools.add(memory.region, each: 8)
        let receive = Operation.stream(.receiveMultishot(.invalid, BufferPool(index: 0)))
        let bytes = Memory(12)
        #expect(result(Attempt.start(.stream(.send(.invalid, from: bytes.region)), on: writer)) == 12)
        let first = try #require(result(Attempt.start(receive, on: reader, takingFrom: &pools)))
        #expect(SelectedBuffer(encoded: first) == SelectedBuffer(index: 0, count: 8))
        for _ in 0..<2 {
            let refused = result(Attempt.start(receive, on: reader, takingFrom: &pools))
            #expect(refused.flatMap(IOError.init(encoded:)) == IOError(.noBuffers))
        }
        pools.give(0, to: BufferPool(index: 0))
        let rest = try #require(result(Attempt.resume(receive, on: reader, takingFrom: &pools)))
        #expect(SelectedBuffer(encoded: rest) == SelectedBuffer(index: 0, count: 4))
        guard case .wouldBlock(.receiving) = Attempt.start(receive, on: reader, takingFrom: &pools) else {
            Issue.record("A receive without bytes and without a buffer must wait")
            return
        }
    }

    @Test("A connection that is aborted is reset for its peer, and holds nothing")
    func aborting() throws {
        let listener = try Acquisition.acquire(.listener(at: .loopback4(), backlog: 4), nonBlocking: true)
        let client = try Acquisition.acquire(.stream(.internet4), nonBlocking: false)
        defer {
            Acquisition.discard(listener)
            Acquisition.discard(client)
        }
        let address = Memory(address: try Acquisition.localAddress(of: listener))
        #expect(result(Attempt.start(.stream(.connect(.invalid, to: address.region)), on: client)) == 0)
        let server = NativeHandle(
            number: try #require(result(Attempt.start(.stream(.accept(.invalid)), on: listener))), kind: .stream, traits: [.reading])
        defer { Acquisition.discard(server) }
        Connection.abort(client)
        let memory = Memory(8)
        let received = result(Attempt.start(.stream(.receive(.invalid, into: memory.region)), on: server))
        #expect(received.flatMap(IOError.init(encoded:)) == IOError(.connectionReset))
        Connection.abort(client)
    }
}

extension PairedResource {
    /// Whether bytes come out at the first end that went in at the second.
    fileprivate var isByteStream: Bool { self == .streams || self == .pipe }
}
