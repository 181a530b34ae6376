// What the runtime costs: the same work in C and in direct style, turn by turn in one run.

import ArgumentParser
import CAllocationCounter
import CBaseline
import Foundation
import IORuntime
import IOSpec

@main
struct RuntimeCost: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Times nops by one task and 4 KiB page-cache reads by 32 tasks through IORuntime beside the same work in C on raw liburing.")

    @Option(help: "How often each loop runs; the loops take turns.")
    var rounds = 101

    @Option(help: "Operations in a run.")
    var operations = 19_200

    @Option(help: "The tasks that read.")
    var tasks = 32

    @Option(help: "Where the file that is read is made.")
    var directory = "/tmp"

    func validate() throws {
        guard rounds > 0, tasks > 0 else { throw ValidationError("rounds and tasks must be at least 1") }
        guard operations >= 10 * tasks, operations % tasks == 0 else {
            throw ValidationError("operations must be a multiple of the tasks, and ten times as many at least")
        }
    }

    func run() async throws {
        let name = "runtime-cost-\(getpid())"
        let path = "\(directory)/\(name)"
        let blocks: UInt64 = 16_384
        try Data(count: Int(blocks) * 4096).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        _ = baseline_reads(path, blocks, 32, 50_000)
        let (rounds, operations, tasks, directory) = (rounds, operations, tasks, directory)
        let rows = try await IORuntime.run(RuntimeConfiguration(backend: .uring, loops: 1)) { boot in
            let parent = try await boot.directory(directory, unconfined: true)
            return try await boot.steady { io in
                let file = try await parent.open(name)
                var nop = Row(name: "nop, one task")
                var read = Row(name: "4 KiB read, \(tasks) tasks")
                for _ in 0..<rounds {
                    nop.c.append(Double(baseline_nops(1, UInt64(operations))) / Double(operations))
                    nop.swift.append(try await measure(operations) { try await nops(io.loop, $0) })
                    read.c.append(Double(baseline_reads(path, blocks, UInt32(tasks), UInt64(operations))) / Double(operations))
                    read.swift.append(try await measure(operations) { try await reads(file, blocks, tasks, $0) })
                }
                return [nop, read]
            }
        }
        print("nanoseconds an operation: medians of \(rounds) rounds; the ratio and the difference are those of each turn")
        for row in rows { print(row.line) }
    }
}

private func measure(_ operations: Int, _ body: (Int) async throws -> Void) async throws -> (Double, Double) {
    // As much as makes everything that is made once.
    try await body(operations / 2)
    let allocations = allocation_count()
    let start = baseline_now()
    try await body(operations)
    let elapsed = baseline_now() - start
    return (Double(elapsed) / Double(operations), Double(allocation_count() - allocations) / Double(operations))
}

private func nops(_ loop: EventLoop, _ count: Int) async throws {
    for _ in 0..<count { try await loop.nop() }
}

private func reads(_ file: File, _ blocks: UInt64, _ tasks: Int, _ count: Int) async throws {
    try await withThrowingDiscardingTaskGroup { group in
        for task in 0..<tasks {
            group.addTask {
                var buffer = [UInt8](repeating: 0, count: 4096)
                var random = 88_172_645_463_325_252 &+ UInt64(task)
                for _ in 0..<count / tasks {
                    let block = unsafe baseline_random(&random) % blocks
                    _ = try await file.read(into: &buffer, at: Int64(block) * 4096)
                }
            }
        }
    }
}

private struct Row {
    let name: String
    var c: [Double] = []
    var swift: [(time: Double, allocations: Double)] = []

    var line: String {
        let ratio = median(zip(swift, c).map { $0.time / $1 })
        let difference = median(zip(swift, c).map { $0.time - $1 })
        return "\(name): C \(rounded(median(c))), Swift \(rounded(median(swift.map(\.time)))), ratio \(rounded(ratio)), "
            + "difference \(rounded(difference)), allocations \(rounded(swift.map(\.allocations).max() ?? 0))"
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
