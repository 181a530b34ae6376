// One open handle and the loop it belongs to: what every resource consists of.

import IOSpec
import Synchronization

/// Owns a handle: it is closed once, by whoever asks for that or when nobody has it any more.
final class OpenHandle: Sendable {
    let loop: EventLoop
    let handle: Handle
    /// What people know it by.
    let name: String
    private let isClosed = Atomic<Bool>(false)

    init(_ handle: Handle, named name: String, on loop: EventLoop) {
        self.handle = handle
        self.name = name
        self.loop = loop
    }

    deinit {
        if isClosed.load(ordering: .relaxed) { return }
        loop.closeLater(handle)
    }

    static func acquire(
        _ resource: Resource, named name: String, _ operation: OperationKind, on loop: EventLoop
    ) async throws(IOFailure) -> OpenHandle {
        do throws(IOError) {
            return OpenHandle(try await loop.withDriver { driver throws(IOError) in try driver.acquire(resource) }, named: name, on: loop)
        } catch {
            throw IOFailure(error, operation, of: name)
        }
    }

    static func acquire(pair: PairedResource, on loop: EventLoop) async throws(IOFailure) -> (OpenHandle, OpenHandle) {
        do throws(IOError) {
            let handles = try await loop.withDriver { driver throws(IOError) in try driver.acquirePair(pair) }
            return (OpenHandle(handles.first, named: "", on: loop), OpenHandle(handles.second, named: "", on: loop))
        } catch {
            throw IOFailure(error, .open)
        }
    }

    /// Carries an operation on the handle out, and returns what it moved.
    nonisolated(nonsending) func perform(_ operation: Operation, until deadline: Instant = .never) async throws(IOFailure) -> Int {
        let outcome = await loop.perform(operation, deadline: deadline)
        if outcome.result >= 0 { return Int(outcome.result) }
        throw failure(of: operation, outcome)
    }

    /// Carries an operation out that makes a handle.
    nonisolated(nonsending) func make(_ operation: Operation, named name: String, until deadline: Instant = .never) async throws(IOFailure)
        -> OpenHandle
    {
        let outcome = await loop.perform(operation, deadline: deadline)
        if outcome.result < 0 { throw IOFailure(outcome.error, operation.kind, of: name) }
        return OpenHandle(outcome.handle, named: name, on: loop)
    }

    /// Waits until everything is done that was begun on the handle before, which is cancelled, and closes it. Once it is closed this does nothing.
    nonisolated(nonsending) func close() async throws(IOFailure) {
        if isClosed.exchange(true, ordering: .relaxed) { return }
        _ = try await perform(.control(.close(handle)))
    }

    @inline(never)
    private func failure(of operation: Operation, _ outcome: Outcome) -> IOFailure {
        IOFailure(outcome.error, operation.kind, of: name)
    }
}
