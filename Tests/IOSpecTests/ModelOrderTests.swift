// What the reference model allows of order: chains, barriers, closing, timers.

import IOSpec
import Testing

@Suite("The model of order")
struct ModelOrderTests {
    @Test("has one completion for each operation, and results of the specification")
    func completions() throws {
        var test = ModelUnderTest()
        let nop = test.submit(.nop)
        #expect(test.refusedClause { try $0.model.complete(nop, Observation(result: .min)) } == "result.portable")
        #expect(test.refusedClause { try $0.complete(nop, 1) } == "completion.own-error")
        #expect(test.refusedClause { try $0.model.settle() } == "completion.bounded-progress")
        test.model.cancel(nop)
        #expect(test.refusedClause { try $0.complete(nop, failing: .cancelled) } == "cancel.result-wins")
        try test.complete(nop)
        #expect(test.refusedClause { try $0.complete(nop) } == "completion.exactly-one")
    }

    @Test("starts a member of a chain after the one before it, and cancels what follows a failure")
    func chains() throws {
        var test = ModelUnderTest()
        let first = test.submit(.nop)
        let second = test.submit(.close(Symbol(9)), isLinked: true)
        let third = test.submit(.nop, isLinked: true)
        #expect(test.refusedClause { try $0.complete(second, failing: .badHandle) } == "chain.order")
        try test.complete(first)
        try test.complete(second, failing: .badHandle)
        #expect(test.refusedClause { try $0.complete(third) } == "chain.breaks")
        #expect(test.refusedClause { try $0.model.settle() } == "chain.breaks")
        try test.complete(third, failing: .cancelled)
    }

    @Test("breaks a chain by a short count, and leaves what does not belong to it")
    func shortCounts() throws {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", as: 2)
        let read = test.submit(.read(file, count: 5, at: 0, pieces: 1))
        let truncate = test.submit(.truncate(file, to: 7), isLinked: true)
        let other = test.submit(.nop)
        try test.complete(other)
        try test.complete(read, 0)
        try test.complete(truncate, failing: .cancelled)
        try test.complete(test.submit(.status(file)), size: 0)
    }

    @Test("starts a barrier after all before it, and before all after it")
    func barriers() throws {
        var test = ModelUnderTest()
        let before = test.submit(.nop)
        let barrier = test.submit(.nop, isBarrier: true)
        let after = test.submit(.nop)
        #expect(test.refusedClause { try $0.complete(barrier) } == "barrier.waits")
        #expect(test.refusedClause { try $0.complete(after) } == "barrier.not-overtaken")
        try test.complete(before)
        #expect(test.refusedClause { try $0.complete(after) } == "barrier.not-overtaken")
        try test.complete(barrier)
        try test.complete(after)
    }

    @Test("closes a handle once, after its operations, and refuses it from then on")
    func closing() throws {
        var test = ModelUnderTest.with(.streams)
        let receive = test.submit(.receive(Symbol(1), count: 5, pieces: 1))
        let close = test.submit(.close(Symbol(1)))
        let late = test.submit(.receive(Symbol(1), count: 5, pieces: 1))
        #expect(test.refusedClause { try $0.complete(close) } == "close.cancels")
        #expect(test.refusedClause { try $0.complete(late, failing: .cancelled) } != nil)
        try test.complete(late, failing: .badHandle)
        try test.complete(receive, failing: .cancelled)
        #expect(test.refusedClause { try $0.model.settle() } != nil)
        try test.complete(close)
        #expect(test.refusedClause { try $0.perform(.close(Symbol(1))) } == "close.again")
        try test.fail(.close(Symbol(1)), .badHandle)
    }

    @Test("lets a close that is held back find what comes after it, or not")
    func heldClose() throws {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", as: 2)
        let timer = test.submit(.timer(microseconds: 100))
        let close = test.submit(.close(file), isLinked: true)
        let late = test.submit(.status(file))
        #expect(test.refusedClause { try $0.complete(late, size: 0) } == nil)
        #expect(test.refusedClause { try $0.complete(late, failing: .badHandle) } == nil)
        try test.complete(late, size: 0)
        try test.complete(timer)
        try test.complete(close)
    }

    @Test("fires timers in the order of their instants, and never too late")
    func timers() throws {
        var test = ModelUnderTest()
        let long = test.submit(.timer(microseconds: 500))
        let short = test.submit(.timer(microseconds: 5))
        let equal = test.submit(.timer(microseconds: 500))
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(equal) } == "time.order")
        try test.complete(short)
        try test.complete(long)
        try test.complete(equal)
    }

    @Test("times out only what has a deadline")
    func deadlines() throws {
        var test = ModelUnderTest.with(.pipe)
        let without = test.submit(.receive(Symbol(1), count: 1, pieces: 1))
        #expect(test.refusedClause { try $0.complete(without, failing: .timedOut) } == "time.deadline")
        test.model.cancel(without)
        #expect(test.refusedClause { try $0.model.settle() } == "cancel.prompt")
        try test.complete(without, failing: .cancelled)
        let with = test.submit(.receive(Symbol(1), count: 1, pieces: 1), hasDeadline: true)
        try test.complete(with, failing: .timedOut)
    }

    @Test("lets nobody have a lock beside one that excludes it")
    func locks() throws {
        var test = ModelUnderTest.withRoot()
        let first = try test.open("a", as: 2)
        let second = try test.open("a", as: 3)
        try test.perform(.lock(first, .exclusive))
        let waiting = test.submit(.lock(second, .shared))
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(waiting) } == "lock.excludes")
        let unlock = test.submit(.unlock(first))
        #expect(test.refusedClause { try $0.complete(waiting) } == nil)
        try test.complete(unlock)
        #expect(test.refusedClause { try $0.model.settle() } == "lock.waits")
        try test.complete(waiting)
        try test.perform(.lock(first, .shared))
        #expect(test.refusedClause { try $0.perform(.lock(first, .exclusive)) } == "lock.excludes")
        try test.fail(.lock(ModelUnderTest.root, .shared), .wrongKind)
        #expect(test.refusedClause { try $0.perform(.lock(ModelUnderTest.root, .shared)) } == "handle.wrong-kind")
    }

    @Test("lets a mistake be found when its operation is submitted, or when it starts")
    func early() throws {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", [.writing, .creating], as: 2)
        let timer = test.submit(.timer(microseconds: 10))
        let close = test.submit(.close(file), isLinked: true)
        let append = test.submit(.append(file, Payload(seed: 1, count: 0)), isLinked: true)
        try test.complete(timer)
        try test.complete(close)
        #expect(test.refusedClause { try $0.complete(append, failing: .badHandle) } == nil)
        #expect(test.refusedClause { try $0.complete(append, failing: .invalidArgument) } == nil)
        #expect(test.refusedClause { try $0.complete(append, failing: .wrongAccess) } != nil)
        #expect(test.refusedClause { try $0.complete(append) } != nil)
    }

    @Test("lets a timer that was asked to end do so before an earlier one, with its result")
    func cancelledTimers() throws {
        var test = ModelUnderTest()
        _ = test.submit(.timer(microseconds: 0))
        let later = test.submit(.timer(microseconds: 0))
        #expect(test.refusedClause { try $0.complete(later) } == "time.order")
        test.model.cancel(later)
        try test.complete(later)
    }

    @Test("holds no lock back behind a splice of the same file")
    func locksBesideSplices() throws {
        var test = ModelUnderTest.withRoot()
        test.model.acquire(.pair(.pipe), makes: [Symbol(2), Symbol(3)])
        let file = try test.open("a", as: 4)
        let splice = test.submit(.splice(from: file, to: Symbol(3), count: 1, at: 0))
        try test.perform(.lock(file, .exclusive))
        try test.complete(splice)
    }
}
