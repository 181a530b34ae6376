// The tables of readiness backends, and memory for kernel structures.

import IOSpec
import Testing

@testable import LinuxSupport

@Suite("The tables of a backend")
struct TableTests {
    @Test("find what waits by descriptor and direction, for any descriptor number", arguments: [0, 5, 63, 64, 100_000])
    func waiting(descriptor: Int32) {
        var table = ReadinessTable(operations: 4)
        let handle = NativeHandle(number: descriptor, kind: .stream, traits: [.reading, .writing])
        table.await(1, .stream(.receive(.invalid, into: .empty)), on: handle, .receiving)
        table.await(2, .stream(.send(.invalid, from: .empty)), on: handle, .sending)
        #expect(table.slot(awaiting: descriptor, .receiving) == 1)
        #expect(table.slot(awaiting: descriptor, .sending) == 2)
        #expect(table.operation(in: 2)?.operation.kind == .send)
        table.remove(1)
        #expect(table.slot(awaiting: descriptor, .receiving) == nil)
        #expect(table.operation(in: 1) == nil)
        #expect(table.slot(awaiting: descriptor, .sending) == 2)
    }

    @Test("know a stale event from one of the descriptor's next life")
    func registrations() {
        var table = ReadinessTable(operations: 1)
        let first = table.register(70)
        #expect(table.descriptor(of: first) == 70)
        table.unregister(70)
        #expect(table.descriptor(of: first) == nil)
        let second = table.register(70)
        #expect(table.descriptor(of: first) == nil)
        #expect(table.descriptor(of: second) == 70)
    }

    @Test("keep events in order when there is no room for all of them")
    func events() {
        var queue = EventQueue(operations: 5)
        var taken: [UInt32] = []
        for round in 0..<4 as Range<UInt32> {
            for index in 0..<5 as Range<UInt32> { queue.append(KernelEvent(slot: round * 5 + index, result: 0)) }
            while queue.count > 0 { taken += take(3, from: &queue) }
        }
        #expect(taken == Array(0..<20))
    }

    private func take(_ room: Int, from queue: inout EventQueue) -> [UInt32] {
        let events = unsafe [KernelEvent](unsafeUninitializedCapacity: room) { buffer, count in
            var span = unsafe OutputSpan(buffer: UnsafeMutableBufferPointer(rebasing: buffer[..<room]), initializedCount: 0)
            queue.drain(into: &span)
            count = unsafe span.finalize(for: UnsafeMutableBufferPointer(rebasing: buffer[..<room]))
        }
        return events.map(\.slot)
    }

    @Test("give out blocks that are apart and aligned, and give them out again")
    func blocks() throws {
        var pool = ScratchPool()
        var addresses: Set<UInt> = []
        for _ in 0..<200 {
            let address = takeAndFill(&pool)
            addresses.insert(try #require(address))
        }
        let sorted = addresses.sorted()
        #expect(sorted.count == 200)
        #expect(sorted.allSatisfy { $0 % UInt(ScratchPool.blockAlignment) == 0 })
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= UInt(ScratchPool.blockBytes) })
        unsafe pool.give(UnsafeMutableRawPointer(bitPattern: sorted[7])!)
        let again = takeAndFill(&pool)
        #expect(again == sorted[7])
    }

    private func takeAndFill(_ pool: inout ScratchPool) -> UInt? {
        guard let block = unsafe pool.take() else { return nil }
        unsafe block.initializeMemory(as: UInt8.self, repeating: 0xff, count: ScratchPool.blockBytes)
        return UInt(bitPattern: block)
    }
}
