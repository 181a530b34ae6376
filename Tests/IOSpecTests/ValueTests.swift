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

    @Test("Clause names are unique, and each has an area and a sentence")
    func clauses() {
        #expect(Set(Clause.all.map(\.id)).count == Clause.all.count)
        for clause in Clause.all {
            #expect(clause.area != clause.id)
            #expect(clause.sentence.hasSuffix("."))
        }
    }
}
