// What small transfers and large copies cost in direct style.

import ArgumentParser
import CAllocationCounter
import CBaseline
import IORuntime
import IOSpec

@main
struct TransferCost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Times lines, frames and datagrams, with their heap allocations, and copies between files, streams and pipes.")

    @Option(help: "The backend.")
    var backend = "uring"

    @Option(help: "Transfers of each kind.")
    var transfers = 50_000

    @Option(help: "The mebibytes of each copy.")
    var mebibytes = 256

    @Option(help: "Where files are made.")
    var directory = "/tmp"

    func validate() throws {
        guard BackendChoice(named: backend) != nil else {
            throw ValidationError("backend must be one of \(BackendChoice.names.joined(separator: ", "))")
        }
        guard transfers > 0, mebibytes > 0 else { throw ValidationError("transfers and mebibytes must be at least 1") }
    }

    func run() async throws {
        let (transfers, mebibytes, directory) = (transfers, mebibytes, directory)
        try await IORuntime.run(RuntimeConfiguration(backend: BackendChoice(named: backend))) { boot in
            let root = try await boot.directory(directory, unconfined: true)
            try await boot.steady { io in
                try await small(io, transfers)
                try await copies(io, root, mebibytes)
            }
        }
    }
}

// MARK: Small transfers

private func small(_ io: borrowing Steady, _ count: Int) async throws {
    let (first, second) = try await io.streamPair()
    let reader = BufferedReader(.stream(second))
    let (header, body) = ([UInt8](repeating: 65, count: 16), [UInt8](repeating: 65, count: 15) + [10])
    try await report("line sent in two pieces, and read", count) {
        try await first.send(unsafe header.span.bytes, unsafe body.span.bytes)
        _ = try await reader.withNextLine { $0.byteCount }
    }
    let writer = BufferedWriter(.stream(first))
    try await report("frame written, flushed and read", count) {
        try await writer.writeFrame(header, .uint32)
        try await writer.flush()
        _ = try await reader.withNextFrame(.uint32) { $0.byteCount }
    }
    let (left, right) = try await io.datagramPair()
    var buffer = [UInt8](repeating: 0, count: 64)
    try await report("datagram sent and received", count) {
        try await left.send(header)
        _ = try await right.receive(into: &buffer)
    }
}

private func report(_ name: String, _ count: Int, _ body: () async throws -> Void) async throws {
    // As much as makes everything that is made once.
    for _ in 0..<count / 10 { try await body() }
    let allocations = allocation_count()
    let start = baseline_now()
    for _ in 0..<count { try await body() }
    let elapsed = Double(baseline_now() - start) / Double(count)
    let allocated = Double(allocation_count() - allocations) / Double(count)
    print("\(name): \(Int(elapsed)) ns, \((allocated * 1000).rounded() / 1000) allocations")
}

// MARK: Copies

private func copies(_ io: borrowing Steady, _ root: Directory, _ mebibytes: Int) async throws {
    let source = try await root.openTemporary()
    let block = [UInt8](repeating: 7, count: 1 << 20)
    for place in 0..<mebibytes { try await source.write(block, at: Int64(place) << 20) }
    let (first, second) = try await io.streamPair()
    let pipe = try await io.pipe()
    let size = Int64(mebibytes) << 20
    for round in 1...3 {
        let target = try await root.openTemporary()
        let name = "transfer-cost-\(round)"
        let log = try await root.open(name, [.appending, .creating])
        try await time("file to file", round, mebibytes) { _ = try await copy(from: .file(source), to: .file(target)) }
        try await time("file to stream to file", round, mebibytes) {
            async let sent = copy(from: .file(source), to: .stream(first))
            _ = try await copy(from: .stream(second, atMost: size), to: .file(target))
            _ = try await sent
        }
        try await time("file to pipe to file", round, mebibytes) {
            async let sent = copy(from: .file(source), to: .pipe(pipe.writeEnd))
            _ = try await copy(from: .pipe(pipe.readEnd, atMost: size), to: .file(target))
            _ = try await sent
        }
        try await time("file to pipe to end of file, which cannot be spliced", round, mebibytes) {
            async let sent = copy(from: .file(source), to: .pipe(pipe.writeEnd))
            _ = try await copy(from: .pipe(pipe.readEnd, atMost: size), to: .end(of: log))
            _ = try await sent
        }
        try await time("file to pipe to stream to file", round, mebibytes) {
            async let sent = copy(from: .file(source), to: .pipe(pipe.writeEnd))
            async let sentOn = copy(from: .pipe(pipe.readEnd, atMost: size), to: .stream(first))
            _ = try await copy(from: .stream(second, atMost: size), to: .file(target))
            _ = try await (sent, sentOn)
        }
        try await root.remove(name)
        try await log.close()
        try await target.close()
    }
}

private func time(_ name: String, _ round: Int, _ mebibytes: Int, _ body: () async throws -> Void) async throws {
    let start = baseline_now()
    try await body()
    let seconds = Double(baseline_now() - start) / 1e9
    print("\(name), round \(round): \(Int(Double(mebibytes) / seconds)) MiB/s")
}
