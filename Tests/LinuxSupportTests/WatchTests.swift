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

        func write() { #expect(unsafe linuxio_write(writer.number, "x", 1) == 1) }

        func read() {
            var byte: UInt8 = 0
            #expect(unsafe linuxio_read(reader.number, &byte, 1) == 1)
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
        #expect(result(pipe.watches.start(0, .receiving, isMultishot: false, on: pipe.reader)) == nil)
        #expect(result(pipe.watches.start(1, .receiving, isMultishot: true, on: pipe.reader)) == nil)
        #expect(pipe.events().isEmpty)
        pipe.write()
        #expect(pipe.isReadable)
        let first = pipe.events()
        #expect(Set(first) == [KernelEvent(slot: 0, result: 1), KernelEvent(slot: 1, result: 1, hasMore: true)])
        #expect(!pipe.isReadable)
        #expect(pipe.events().isEmpty)
        pipe.read()
        pipe.write()
        #expect(pipe.events() == [KernelEvent(slot: 1, result: 1, hasMore: true)])
    }

    @Test("of what is ready is over at once, and a lasting one is told although the change was taken before")
    func ready() throws {
        var pipe = try Watched()
        pipe.write()
        #expect(result(pipe.watches.start(0, .receiving, isMultishot: false, on: pipe.reader)) == 1)
        for slot in 1...3 as ClosedRange<UInt32> {
            #expect(result(pipe.watches.start(slot, .receiving, isMultishot: true, on: pipe.reader)) == nil)
            #expect(pipe.events() == [KernelEvent(slot: slot, result: 1, hasMore: true)])
        }
    }

    @Test("that nobody has room to hear is told later, with everything that came in between as one")
    func coalescing() throws {
        var pipe = try Watched()
        for slot in 0...2 as ClosedRange<UInt32> { _ = pipe.watches.start(slot, .receiving, isMultishot: slot > 0, on: pipe.reader) }
        for _ in 0..<100 {
            pipe.write()
            #expect(pipe.events(atMost: 0).isEmpty)
        }
        var told = pipe.events(atMost: 1)
        #expect(pipe.watches.hasNews)
        told += pipe.events()
        #expect(Set(told.map(\.slot)) == [0, 1, 2])
        #expect(told.count == 3)
    }

    @Test("that is ended before it was told is cancelled, and leaves the others")
    func stopping() throws {
        var pipe = try Watched()
        for slot in 0...4 as ClosedRange<UInt32> { _ = pipe.watches.start(slot, .receiving, isMultishot: true, on: pipe.reader) }
        pipe.write()
        pipe.watches.collect()
        for slot in [2, 0, 4] as [UInt32] { #expect(pipe.watches.stop(slot) == IOError(.cancelled).encoded) }
        #expect(pipe.watches.stop(2) == nil)
        #expect(Set(pipe.events().map(\.slot)) == [1, 3])
    }

    @Test("of a plain file is told at once, and never again")
    func files() throws {
        var pipe = try Watched()
        let file = unsafe linuxio_memfd_create("watched", LINUXIO_MFD_CLOEXEC)
        defer { _ = linuxio_close(file) }
        let handle = NativeHandle(number: file, kind: .file, traits: [])
        #expect(result(pipe.watches.start(0, [.receiving, .sending], isMultishot: false, on: handle)) == 3)
        #expect(result(pipe.watches.start(0, .peerFinished, isMultishot: false, on: handle)) == 0)
        #expect(result(pipe.watches.start(1, .sending, isMultishot: true, on: handle)) == nil)
        #expect(pipe.events() == [KernelEvent(slot: 1, result: 2, hasMore: true)])
        #expect(pipe.events().isEmpty)
    }

    @Test("of a descriptor that was forgotten tells nothing of what takes its number")
    func forgetting() throws {
        var pipe = try Watched()
        let copy = linuxio_duplicate(pipe.reader.number)
        defer { _ = linuxio_close(copy) }
        let handle = NativeHandle(number: copy, kind: .foreign, traits: [])
        _ = pipe.watches.start(0, .receiving, isMultishot: true, on: handle)
        pipe.write()
        #expect(pipe.watches.stop(0) == IOError(.cancelled).encoded)
        pipe.watches.forget(copy)
        #expect(!pipe.isReadable)
        #expect(pipe.events().isEmpty)
    }
}
