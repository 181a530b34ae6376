// Watching descriptors for changes.

import CLinuxIO
import Glibc
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("A watch")
struct WatchTests {
    /// A pipe whose ends are watched, and what there is to be told.
    private struct Watched: ~Copyable {
        var watches = EdgeWatches(operations: 8)
        let reader: NativeHandle
        let writer: NativeHandle

        init() throws(IOError) {
            (reader, writer) = try Acquisition.acquire(pair: .pipe, nonBlocking: true)
        }

        deinit {
            Acquisition.discard(reader)
            Acquisition.discard(writer)
        }

        func write() {
            let count = unsafe linuxio_write(writer.number, "x", 1)
            #expect(count == 1)
        }

        func read() {
            var byte: UInt8 = 0
            let count = unsafe linuxio_read(reader.number, &byte, 1)
            #expect(count == 1)
        }

        var isReadable: Bool { watches.descriptor >= 0 && linuxio_poll(watches.descriptor, Int16(POLLIN), 0) != 0 }

        mutating func events(atMost limit: Int = 8) -> [KernelEvent] {
            watches.collect()
            return [KernelEvent](capacity: limit) { watches.deliver(into: &$0) }
        }
    }

    private func result(_ outcome: StartOutcome) -> Int32? {
        if case .finished(let result, _) = outcome { result } else { nil }
    }

    @Test("is told once of what was asked, and a lasting one at each change, beside each other")
    func onceAndLasting() throws {
        var pipe = try Watched()
        let once = result(pipe.watches.start(0, .receiving, isMultishot: false, on: pipe.reader))
        #expect(once == nil)
        let lasting = result(pipe.watches.start(1, .receiving, isMultishot: true, on: pipe.reader))
        #expect(lasting == nil)
        let before = pipe.events()
        #expect(before.isEmpty)
        pipe.write()
        let hasChanges = pipe.isReadable
        #expect(hasChanges)
        let first = pipe.events()
        #expect(Set(first) == [KernelEvent(slot: 0, result: 1), KernelEvent(slot: 1, result: 1, hasMore: true)])
        let hasMoreChanges = pipe.isReadable
        #expect(!hasMoreChanges)
        let between = pipe.events()
        #expect(between.isEmpty)
        pipe.read()
        pipe.write()
        let again = pipe.events()
        #expect(again == [KernelEvent(slot: 1, result: 1, hasMore: true)])
    }

    @Test("of what is ready is over at once, and a lasting one is told although the change was taken before")
    func ready() throws {
        var pipe = try Watched()
        pipe.write()
        let once = result(pipe.watches.start(0, .receiving, isMultishot: false, on: pipe.reader))
        #expect(once == 1)
        for slot in 1...3 as ClosedRange<UInt32> {
            let lasting = result(pipe.watches.start(slot, .receiving, isMultishot: true, on: pipe.reader))
            #expect(lasting == nil)
            let told = pipe.events()
            #expect(told == [KernelEvent(slot: slot, result: 1, hasMore: true)])
        }
    }

    @Test("that nobody has room to hear is told later, with everything that came in between as one")
    func coalescing() throws {
        var pipe = try Watched()
        for slot in 0...2 as ClosedRange<UInt32> { _ = pipe.watches.start(slot, .receiving, isMultishot: slot > 0, on: pipe.reader) }
        for _ in 0..<100 {
            pipe.write()
            let heard = pipe.events(atMost: 0)
            #expect(heard.isEmpty)
        }
        var told = pipe.events(atMost: 1)
        let hasNews = pipe.watches.hasNews
        #expect(hasNews)
        told += pipe.events()
        #expect(Set(told.map(\.slot)) == [0, 1, 2])
        #expect(told.count == 3)
    }

    @Test("that lasts and is ended before it was told is told first, whatever room there is, and leaves the others")
    func stopping() throws {
        var pipe = try Watched()
        for slot in 0...4 as ClosedRange<UInt32> { _ = pipe.watches.start(slot, .receiving, isMultishot: true, on: pipe.reader) }
        pipe.write()
        pipe.watches.collect()
        for slot in [2, 0, 4, 2] as [UInt32] {
            let ending = pipe.watches.stop(slot)
            #expect(ending == nil)
        }
        var told: [KernelEvent] = []
        while pipe.watches.hasNews { told += pipe.events(atMost: 1) }
        for slot in [0, 2, 4] as [UInt32] {
            #expect(told.filter { $0.slot == slot } == [news(slot), KernelEvent(slot: slot, result: IOError(.cancelled).encoded)])
        }
        for slot in [1, 3] as [UInt32] { #expect(told.filter { $0.slot == slot } == [news(slot)]) }
        // One that was told ends without more.
        let ending = pipe.watches.stop(1)
        #expect(ending == IOError(.cancelled).encoded)
    }

    private func news(_ slot: UInt32) -> KernelEvent { KernelEvent(slot: slot, result: 1, hasMore: true) }

    @Test("that lasts and is ended at once is told what was ready when it began; one of nothing is cancelled")
    func stoppingAtOnce() throws {
        var pipe = try Watched()
        _ = pipe.watches.start(0, .receiving, isMultishot: true, on: pipe.reader)
        let idle = pipe.watches.stop(0)
        #expect(idle == IOError(.cancelled).encoded)
        pipe.write()
        _ = pipe.watches.start(1, .receiving, isMultishot: true, on: pipe.reader)
        let ready = pipe.watches.stop(1)
        #expect(ready == nil)
        let told = pipe.events()
        #expect(told == [news(1), KernelEvent(slot: 1, result: IOError(.cancelled).encoded)])
    }

    @Test("of a plain file is told at once, and never again")
    func files() throws {
        var pipe = try Watched()
        let file = unsafe linuxio_memfd_create("watched", LINUXIO_MFD_CLOEXEC)
        defer { _ = linuxio_close(file) }
        let handle = NativeHandle(number: file, kind: .file, traits: [])
        let ready = result(pipe.watches.start(0, [.receiving, .sending], isMultishot: false, on: handle))
        #expect(ready == 3)
        for isMultishot in [false, true] {
            let never = result(pipe.watches.start(0, .peerFinished, isMultishot: isMultishot, on: handle))
            #expect(never.flatMap { IOError(encoded: $0) }?.cause == .unsupported)
        }
        let lasting = result(pipe.watches.start(1, .sending, isMultishot: true, on: handle))
        #expect(lasting == nil)
        let first = pipe.events()
        #expect(first == [KernelEvent(slot: 1, result: 2, hasMore: true)])
        let second = pipe.events()
        #expect(second.isEmpty)
    }

    @Test("of a descriptor that was forgotten tells nothing of what takes its number")
    func forgetting() throws {
        var pipe = try Watched()
        let copy = linuxio_duplicate(pipe.reader.number)
        defer { _ = linuxio_close(copy) }
        let handle = NativeHandle(number: copy, kind: .foreign, traits: [])
        _ = pipe.watches.start(0, .receiving, isMultishot: true, on: handle)
        pipe.write()
        let ending = pipe.watches.stop(0)
        #expect(ending == nil)
        let last = pipe.events()
        #expect(last.map(\.hasMore) == [true, false])
        pipe.watches.forget(copy)
        let hasChanges = pipe.isReadable
        #expect(!hasChanges)
        let told = pipe.events()
        #expect(told.isEmpty)
    }
}
