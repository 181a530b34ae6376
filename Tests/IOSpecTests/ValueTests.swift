// The small values of the specification: what fits in them and comes out again.

import IOSpec
import Testing

@Suite("Values")
struct ValueTests {
    @Test("A completion is eight bytes")
    func completionSize() {
        #expect(MemoryLayout<Completion>.size == 8)
    }

    @Test("An error survives being a result, with its cause and detail", arguments: IOError.Cause.allCases)
    func errorsRoundTrip(cause: IOError.Cause) throws {
        let error = try #require(IOError(encoded: IOError(cause, detail: 32_767).encoded))
        #expect(error.cause == cause)
        #expect(error.detail == 32_767)
        #expect(IOError(cause).encoded < 0)
    }

    @Test("A count is not an error", arguments: [0, 1, 1 << 30, Int32.max])
    func countsAreNotErrors(count: Int32) {
        #expect(IOError(encoded: count) == nil)
    }

    @Test("Two errors are equal when their causes are")
    func errorEquality() {
        #expect(IOError(.noSpace, detail: 28) == IOError(.noSpace, detail: 122))
    }

    @Test("An identity gives back its slot and generation, and its token the slot")
    func identities() {
        let identity = OperationID(slot: 0xf_ffff, generation: 1 << 43)
        #expect(identity.slot == 0xf_ffff)
        #expect(identity.generation == 1 << 43)
        #expect(identity.token.slot == 0xf_ffff)
        let completion = Completion(token: identity.token, result: -1, hasMore: true)
        #expect(completion.token == identity.token)
        #expect(completion.hasMore)
    }

    @Test("Instants saturate at both ends")
    func instants() {
        #expect(Instant(nanoseconds: 5).advanced(by: .seconds(Int64.max)) == .never)
        #expect(Instant(nanoseconds: 5).advanced(by: .seconds(Int64.min)) == .distantPast)
        #expect(Instant(nanoseconds: 5).advanced(by: .nanoseconds(7)) == Instant(nanoseconds: 12))
        #expect(Instant(nanoseconds: 5).advanced(by: .milliseconds(-1)) == Instant(nanoseconds: 5 - 1_000_000))
    }

    @Test("A local name is refused when it is empty, too long, or has a zero byte")
    func localNames() {
        #expect(SocketAddress.local([]) == nil)
        #expect(SocketAddress.local([UInt8](repeating: 97, count: 108)) == nil)
        #expect(SocketAddress.local([97, 0, 98]) == nil)
        #expect(SocketAddress.localAbstract([97, 0, 98])?.count == 3)
    }

    @Test(
        "A selected buffer survives being a result", arguments: [(0, 1), (7, 4096), (BufferPool.maximumCount - 1, BufferPool.maximumSize)])
    func selectedBuffers(index: Int, count: Int) throws {
        let buffer = try #require(SelectedBuffer(encoded: SelectedBuffer(index: index, count: count).encoded))
        #expect(buffer.index == index)
        #expect(buffer.count == count)
    }

    @Test(
        "The end of a stream and an error name no buffer",
        arguments: [0, IOError(.cancelled).encoded, IOError(.noBuffers).encoded, 1 << 16])
    func noBuffers(result: Int32) {
        #expect(SelectedBuffer(encoded: result) == nil)
    }

    @Test(
        "The end of a process survives being a result",
        arguments: [ProcessEnding.exited(code: 0), .exited(code: 255), .signalled(number: 9)])
    func processEndings(ending: ProcessEnding) {
        #expect(ProcessEnding(encoded: ending.encoded) == ending)
        #expect(ProcessEnding(encoded: IOError(.notFound).encoded) == nil)
        #expect(ProcessEnding(encoded: 512) == nil)
    }

    @Test("A handle takes the place of a native one in a message's array")
    func handleLayout() {
        #expect(MemoryLayout<Handle>.stride == MemoryLayout<NativeHandle>.stride)
        #expect(MemoryLayout<Handle>.size == MemoryLayout<Handle>.stride)
    }

    @Test("Clause names are unique, and each has an area and a sentence")
    func clauses() {
        #expect(Set(Clause.all.map(\.id)).count == Clause.all.count)
        for clause in Clause.all {
            #expect(clause.area != clause.id)
            #expect(clause.sentence.hasSuffix("."))
        }
    }
}
