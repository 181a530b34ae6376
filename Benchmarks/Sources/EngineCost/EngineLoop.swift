// The same loops as the C baseline's, through the engine.

import BackendURing
import CAllocationCounter
import CBaseline
import IOEngine
import IOSpec

/// What one run of a loop took.
struct Measurement {
    var nanosecondsPerOperation: Double
    /// Heap allocations between the warm-up and the end, divided by the operations.
    var allocationsPerOperation: Double
}

/// Keeps a number of operations in flight through `IOEngine<URing>`.
@safe
struct EngineLoop: ~Copyable {
    private var engine: IOEngine<URing>
    private let depth: Int
    private let buffers: UnsafeMutableRawBufferPointer
    /// Which buffer the operation in a slot uses.
    private var bufferOfSlot: [Int]
    private var file = Handle.invalid
    private var blocks: UInt64 = 0
    private var random: UInt64 = 88_172_645_463_325_252
    private let completions: UnsafeMutableBufferPointer<Completion>

    init(depth: Int) throws {
        engine = try IOEngine(configuration: BackendConfiguration(operations: 1024, submissionQueue: 256, completionQueue: 512))
        self.depth = depth
        unsafe buffers = .allocate(byteCount: depth * 4096, alignment: 4096)
        bufferOfSlot = [Int](repeating: 0, count: 1024)
        unsafe completions = .allocate(capacity: 256)
    }

    deinit {
        // Sound: every loop below ends with nothing in flight.
        unsafe buffers.deallocate()
        unsafe completions.deallocate()
    }

    /// Opens the file that reads go to.
    mutating func open(directory: String, name: String, blocks: UInt64) throws {
        let parent = try engine.acquire(.directory(name: directory, unconfined: true))
        // The path lies in the loop's buffers, which nothing else uses yet.
        let path = unsafe UnsafeMutableRawBufferPointer(rebasing: buffers[0..<name.utf8.count + 1])
        unsafe path.copyBytes(from: Array(name.utf8) + [0])
        let reference = unsafe PathReference(MemoryRegion(path))
        _ = try engine.submit(Submission(.path(.open(beneath: parent, path: reference, options: .reading, permissions: 0))))
        let completion = reap(until: .never)
        let opened = unsafe completion[0]
        _ = try opened.get()
        file = engine.handle(madeBy: opened) ?? .invalid
        self.blocks = blocks
    }

    /// Lets the kernel know the file and all buffers once, instead of with each read.
    mutating func register() throws {
        // Sound: nothing is in flight when the buffers go, and the kernel holds their pages by itself.
        let answers = [try engine.register(unsafe MemoryRegion(buffers)), try engine.register(file)]
        if answers != [.native, .native] { throw Failure("this kernel registers no memory or no files: leave out --work registered") }
    }

    mutating func nops(_ operations: Int) throws -> Measurement { try measure(.nop, operations) }

    mutating func reads(_ operations: Int) throws -> Measurement { try measure(.read, operations) }

    /// Submits the next operation, whose memory is the `buffer`-th block.
    @inline(__always)
    private mutating func submit(_ work: Work, _ buffer: Int) throws(SubmissionQueueFull) {
        guard work == .read else {
            _ = try engine.submit(Submission(.control(.nop)))
            return
        }
        let block = unsafe baseline_random(&random) % blocks
        let region = unsafe MemoryRegion(address: UInt(bitPattern: buffers.baseAddress) + UInt(buffer * 4096), count: 4096)
        let identity = try engine.submit(Submission(.file(.read(file, into: region, at: Int64(block) * 4096))))
        bufferOfSlot[Int(identity.slot)] = buffer
    }

    private mutating func measure(_ work: Work, _ operations: Int) throws -> Measurement {
        for buffer in 0..<depth { try submit(work, buffer) }
        try keepGoing(work, operations / 10)
        let allocations = allocation_count()
        let start = baseline_now()
        try keepGoing(work, operations)
        let elapsed = baseline_now() - start
        let allocated = allocation_count() - allocations
        while engine.inFlight > 0 { _ = reap(until: .never) }
        return Measurement(
            nanosecondsPerOperation: Double(elapsed) / Double(operations),
            allocationsPerOperation: Double(allocated) / Double(operations))
    }

    @inline(__always)
    private mutating func keepGoing(_ work: Work, _ operations: Int) throws {
        var done = 0
        while done < operations {
            let reaped = reap(until: .never)
            for place in 0..<reaped.count {
                let completion = unsafe reaped[place]
                if completion.result < 0 { _ = try completion.get() }
                try submit(work, bufferOfSlot[Int(completion.token.slot)])
            }
            done += reaped.count
        }
    }

    @inline(__always)
    private mutating func reap(until deadline: Instant) -> UnsafeMutableBufferPointer<Completion> {
        // Sound: the memory is this loop's own, and the span ends before it is read.
        var span = unsafe OutputSpan(buffer: completions, initializedCount: 0)
        engine.reap(into: &span, until: deadline)
        let count = unsafe span.finalize(for: completions)
        return unsafe UnsafeMutableBufferPointer(rebasing: completions[0..<count])
    }
}
