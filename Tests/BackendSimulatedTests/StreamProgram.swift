// A program on a simulated host that works with streams, any number of operations at a time.

import BackendSimulated
import IOEngine
import IOSpec

/// Owns an engine, the memory that operations name, and what they have completed with.
@safe
final class StreamProgram {
    private var engine: IOEngine<Simulated>
    private var memory: [UnsafeMutableRawBufferPointer] = unsafe []
    private var completed: [CompletionToken: [Completion]] = [:]

    init(on host: SimulatedHost) throws { engine = try IOEngine<Simulated>(on: host) }

    deinit {
        unsafe memory.forEach { unsafe $0.deallocate() }
    }

    var now: Instant { engine.now }

    // MARK: Handles

    func acquire(_ resource: Resource) throws -> Handle { try engine.acquire(resource) }

    func acquire(pair: PairedResource) throws -> HandlePair { try engine.acquire(pair: pair) }

    func localAddress(of handle: Handle) throws -> SocketAddress { try engine.localAddress(of: handle) }

    func peerAddress(of handle: Handle) throws -> SocketAddress { try engine.peerAddress(of: handle) }

    /// The handle that an operation has made by now.
    func handle(madeBy id: OperationID) throws -> Handle {
        settle()
        guard let completion = completed[id.token]?.last else { throw IOError(.timedOut) }
        if let error = completion.error { throw error }
        guard let handle = engine.handle(madeBy: completion) else { throw IOError(.badHandle) }
        return handle
    }

    // MARK: Operations

    func submit(_ operation: Operation) throws -> OperationID { try engine.submit(Submission(operation)) }

    func cancel(_ id: OperationID) { engine.cancel(id) }

    /// Lets a second go by, in which everything happens that can.
    func settle() {
        let end = engine.now.advanced(byNanoseconds: 1_000_000_000)
        while engine.now < end { reap(until: end) }
    }

    /// The result of an operation that has been reaped already; nil for any other.
    func result(of id: OperationID) -> Int? { completed[id.token]?.last.map { Int($0.result) } }

    /// What an operation has completed with by now; nil while it waits.
    func outcome(of id: OperationID) -> Completion? {
        settle()
        return completed[id.token]?.last
    }

    /// What a lasting operation has told by now.
    func shots(of id: OperationID) -> [Int32] {
        settle()
        return completed[id.token, default: []].map(\.result)
    }

    /// Performs one operation, which must complete.
    @discardableResult
    func perform(_ operation: Operation) throws -> Int {
        guard let completion = outcome(of: try submit(operation)) else { throw IOError(.timedOut) }
        return try completion.get()
    }

    /// Why an operation fails; nil when it does not.
    func failure(of operation: Operation) throws -> IOError.Cause? {
        do {
            try perform(operation)
            return nil
        } catch let error as IOError {
            return error.cause
        }
    }

    func reap(until deadline: Instant) {
        let reaped = [Completion](capacity: 16) { (span: inout OutputSpan<Completion>) in engine.reap(into: &span, until: deadline) }
        for completion in reaped { completed[completion.token, default: []].append(completion) }
    }

    // MARK: Memory

    /// Memory that lasts as long as the program.
    func region(_ bytes: [UInt8]) -> MemoryRegion {
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        unsafe piece.copyBytes(from: bytes)
        unsafe memory.append(piece)
        // Sound: it is kept until no operation of the program is left.
        return unsafe MemoryRegion(UnsafeMutableRawBufferPointer(rebasing: piece[0..<bytes.count]))
    }

    func region(_ address: SocketAddress) -> MemoryRegion {
        var address = address
        return region(unsafe withUnsafeBytes(of: &address) { unsafe Array($0) })
    }

    /// Sound when no operation uses the region.
    func bytes(of region: MemoryRegion, _ count: Int) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: region.address), count: count))
    }

    // MARK: Paths

    /// Begins to open a path beneath a directory.
    func open(_ path: String, beneath directory: Handle, _ options: OpenOptions) throws -> OperationID {
        let name = PathReference(region(Array(path.utf8) + [0]))
        return try submit(.path(.open(beneath: directory, path: name, options: options, permissions: 0)))
    }

    // MARK: Streams

    func send(_ bytes: [UInt8], to handle: Handle) throws -> Int { try perform(.stream(.send(handle, from: region(bytes)))) }

    func receive(_ count: Int, from handle: Handle) throws -> [UInt8] {
        let memory = region([UInt8](repeating: 0, count: count))
        return bytes(of: memory, try perform(.stream(.receive(handle, into: memory))))
    }
}
