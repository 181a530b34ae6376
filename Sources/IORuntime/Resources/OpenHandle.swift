// One open handle and the loop it belongs to: what every resource consists of.

import IOSpec
import Synchronization

/// Owns a handle: it is closed once, by whoever asks for that or when nobody has it any more.
final class OpenHandle: Sendable {
    let loop: EventLoop
    let handle: Handle
    /// What people know it by.
    let name: String
    private let state = Atomic<State>(.open)

    private enum State: UInt8, AtomicRepresentable {
        case open, closing, closed
    }

    init(_ handle: Handle, named name: String, on loop: EventLoop) {
        self.handle = handle
        self.name = name
        self.loop = loop
    }

    deinit {
        if state.load(ordering: .relaxed) == .open { loop.closeLater(handle) }
    }

    static func acquire(
        _ resource: Resource, named name: String, on loop: EventLoop
    ) async throws(IOFailure) -> OpenHandle {
        do throws(IOError) {
            return OpenHandle(try await loop.withDriver { driver throws(IOError) in try driver.acquire(resource) }, named: name, on: loop)
        } catch {
            throw IOFailure(error, nil, of: name)
        }
    }

    static func acquire(pair: PairedResource, on loop: EventLoop) async throws(IOFailure) -> (OpenHandle, OpenHandle) {
        do throws(IOError) {
            let handles = try await loop.withDriver { driver throws(IOError) in try driver.acquirePair(pair) }
            return (OpenHandle(handles.first, named: "", on: loop), OpenHandle(handles.second, named: "", on: loop))
        } catch {
            throw IOFailure(error, nil, of: "\(pair)")
        }
    }

    // MARK: Operations

    /// Carries an operation on the handle out, and returns what it moved.
    nonisolated(nonsending) func perform(
        _ operation: Operation, until deadline: Instant = .never, cancellation: CancellationRule = .heeded
    ) async throws(IOFailure) -> Int {
        let outcome = await loop.perform(operation, deadline: deadline, cancellation: cancellation)
        if outcome.result >= 0 { return Int(outcome.result) }
        throw failure(of: operation, outcome)
    }

    /// Moves a whole region by as many operations as that takes: one, unless it is longer than an operation may be, or was cut short; the next one says why.
    ///
    /// - Throws: a failure that tells how many bytes were moved before.
    nonisolated(nonsending) func performWhole(
        _ region: MemoryRegion, until deadline: Instant = .never, _ operation: (MemoryRegion, Int) -> Operation
    ) async throws(IOFailure) {
        var moved = 0
        repeat {
            let part = operation(region.dropping(moved).atMostOneTransfer, moved)
            let outcome = await loop.perform(part, deadline: deadline)
            if outcome.result < 0 { throw IOFailure(outcome.error, part.kind, of: name, bytesMoved: moved) }
            moved += Int(outcome.result)
            // Nothing moves for ever: a backend that says so is broken.
            if outcome.result == 0, region.count > 0 { throw IOFailure(IOError(.inputOutput), part.kind, of: name, bytesMoved: moved) }
        } while moved < region.count
    }

    /// Moves all segments, as ``performWhole(_:until:_:)`` does with a region.
    nonisolated(nonsending) func performWhole(
        _ segments: consuming SegmentBlock, until deadline: Instant = .never, _ operation: (SegmentList, Int) -> Operation
    ) async throws(IOFailure) {
        var moved = 0
        repeat {
            let part = operation(segments.list, moved)
            let outcome = await loop.perform(part, deadline: deadline)
            if outcome.result < 0 { throw IOFailure(outcome.error, part.kind, of: name, bytesMoved: moved) }
            moved += Int(outcome.result)
            if outcome.result == 0, segments.byteCount > 0 {
                throw IOFailure(IOError(.inputOutput), part.kind, of: name, bytesMoved: moved)
            }
            segments.drop(Int(outcome.result))
        } while segments.byteCount > 0
        extendLifetime(segments)
    }

    /// Carries an operation out that makes a handle.
    nonisolated(nonsending) func make(_ operation: Operation, named name: String, until deadline: Instant = .never) async throws(IOFailure)
        -> OpenHandle
    {
        let outcome = await loop.perform(operation, deadline: deadline)
        if outcome.result < 0 { throw IOFailure(outcome.error, operation.kind, of: name) }
        return OpenHandle(outcome.handle, named: name, on: loop)
    }

    /// Waits until everything is over that was begun on the handle before, which is cancelled, and closes it. The first call does, and tells what fails; any other returns when that is done.
    nonisolated(nonsending) func close() async throws(IOFailure) {
        if state.compareExchange(expected: .open, desired: .closing, ordering: .relaxed).exchanged {
            defer { loop.closings.end(of: self) { state.store(.closed, ordering: .relaxed) } }
            _ = try await perform(.control(.close(handle)), cancellation: .ignored)
        } else if state.load(ordering: .relaxed) == .closing {
            await loop.closings.wait(for: self) { state.load(ordering: .relaxed) == .closed }
        }
    }

    @inline(never)
    private func failure(of operation: Operation, _ outcome: Outcome) -> IOFailure {
        IOFailure(outcome.error, operation.kind, of: name)
    }
}
