// What the engine costs: the same loops in C and in Swift, turn by turn in one run, as medians and a ratio.

import ArgumentParser
import CBaseline
import Glibc
import IOSpec

@main
struct EngineCost: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Times nops and 4 KiB page-cache reads through IOEngine<URing> beside the same loops in C on raw liburing.",
        discussion: "Registered reads, whose file and memory the kernel knows already, stand beside the same plain reads in C.")

    @Option(help: "How often each loop runs; the loops take turns.")
    var rounds = 201

    @Option(help: "Operations in a run of nops; reads are a quarter of it.")
    var operations = 40_000

    @Option(help: "The operations in flight at once; may be repeated.")
    var depths = [1, 32]

    @Option(help: "What to time; may be repeated.")
    var work: [Work] = Work.allCases

    @Option(help: "Where the file that is read is made.")
    var directory = "/tmp"

    func validate() throws {
        guard rounds > 0, operations >= 1000 else { throw ValidationError("rounds must be at least 1 and operations at least 1000") }
        guard depths.allSatisfy({ 1...256 ~= $0 }) else { throw ValidationError("depths must be from 1 to 256") }
    }

    func run() throws {
        let file = try ScratchFile(directory: directory, blocks: 16_384)
        print("nanoseconds an operation: medians of \(rounds) rounds, C and Swift taking turns; the ratio is the median of each turn's")
        print(Row.heading)
        for depth in depths where work.contains(.nop) {
            try print(compare("nop, depth \(depth)") { try nops(depth) }.line)
        }
        for depth in depths where work.contains(.read) {
            try print(compare("4 KiB read, depth \(depth)") { try reads(depth, file) }.line)
        }
        for depth in depths where work.contains(.registered) {
            try print(compare("registered, depth \(depth)") { try reads(depth, file, isRegistered: true) }.line)
        }
    }

    private func compare(_ name: String, _ round: () throws -> (c: Double, swift: Measurement)) throws -> Row {
        var row = Row(name: name)
        for _ in 0..<rounds {
            let (c, swift) = try round()
            row.c.append(c)
            row.swift.append(swift.nanosecondsPerOperation)
            row.allocations = max(row.allocations, swift.allocationsPerOperation)
        }
        return row
    }

    private func nops(_ depth: Int) throws -> (Double, Measurement) {
        let c = try check(baseline_nops(UInt32(depth), UInt64(operations)))
        var loop = try EngineLoop(depth: depth)
        return (Double(c) / Double(operations), try loop.nops(operations))
    }

    private func reads(_ depth: Int, _ file: borrowing ScratchFile, isRegistered: Bool = false) throws -> (Double, Measurement) {
        let operations = operations / 4
        let c = try check(unsafe baseline_reads(file.path, file.blocks, UInt32(depth), UInt64(operations)))
        var loop = try EngineLoop(depth: depth)
        try loop.open(directory: directory, name: file.name, blocks: file.blocks)
        if isRegistered { try loop.register() }
        return (Double(c) / Double(operations), try loop.reads(operations))
    }

    private func check(_ result: Int64) throws -> Int64 {
        if result >= 0 { return result }
        throw Failure("the C loop failed with error \(-result): is io_uring available here?")
    }
}

/// The loops that can be timed.
enum Work: String, ExpressibleByArgument, CaseIterable {
    case nop, read, registered
}

/// One line of the table.
struct Row {
    static let heading = "                          C      Swift    ratio   allocations an operation (most)"
    var name: String
    var c: [Double] = []
    var swift: [Double] = []
    var allocations = 0.0

    var line: String {
        // Of each turn: what slows a processor down for a while slows both loops of a turn down, as long as turns are short.
        let ratio = median(zip(swift, c).map { $0 / $1 })
        return pad(name, 20, leading: false) + pad(number(median(c)), 9) + pad(number(median(swift)), 11)
            + pad(number(ratio, places: 2), 9) + pad(number(allocations, places: 6), 12)
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func number(_ value: Double, places: Int = 1) -> String {
        let scale = places == 1 ? 10.0 : places == 2 ? 100.0 : 1_000_000.0
        return "\((value * scale).rounded() / scale)"
    }

    private func pad(_ text: String, _ width: Int, leading: Bool = true) -> String {
        let spaces = String(repeating: " ", count: max(0, width - text.count))
        return leading ? spaces + text : text + spaces
    }
}
