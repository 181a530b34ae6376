// What a process holds of the kernel's, and programs of their host's, to see what a backend leaves behind.

import CLinuxIO
import Glibc

/// The descriptors, threads and kernel mappings of this process at one moment, and what backends in given surroundings have open.
struct ResourceSnapshot {
    /// How long the kernel may take to take a backend down: the end of an io_uring is asynchronous.
    static var patience: Int64 { 3_000_000_000 }

    private let descriptors: [Int32: String]
    private let threads: Set<Int32>
    private let mappings: [String: Int]
    private let surroundings: any Surroundings
    private let handles: Set<String>

    /// Takes stock.
    init(in surroundings: any Surroundings) throws {
        self.surroundings = surroundings
        handles = try surroundings.openHandles()
        descriptors = try Native.openDescriptors()
        threads = try Native.threads()
        mappings = try Self.kernelMappings()
    }

    /// The descriptors that were there then and are not now: something closed what was not its own.
    func vanishedDescriptors() throws -> [String] {
        let now = try Native.openDescriptors()
        return descriptors.filter { now[$0.key] == nil }.map { Self.name(ofDescriptor: $0.key, $0.value) }.sorted()
    }

    /// What is there now and was not then, once nothing goes away any more; empty as soon as nothing is left.
    ///
    /// - Parameter patience: How long what is left may take to go away, in nanoseconds.
    func leaksOnceStable(patience: Int64 = Self.patience) throws -> [String] {
        let end = CaseContext.clock + patience
        while true {
            let leaks = leaks(in: try ResourceSnapshot(in: surroundings))
            if leaks.isEmpty || CaseContext.clock >= end { return leaks }
            // The kernel announces the end of a teardown nowhere, so the process looks again.
            _ = Glibc.poll(nil, 0, 1)
        }
    }

    private func leaks(in now: ResourceSnapshot) -> [String] {
        let opened = now.descriptors.filter { descriptors[$0.key] != $0.value }.map { Self.name(ofDescriptor: $0.key, $0.value) }
        // The same ones, where it is this process in which backends have what they have open.
        let held = now.handles.subtracting(handles).union(opened)
        let started = now.threads.subtracting(threads).map { "thread \($0)" }
        let mapped = now.mappings.filter { $0.value > mappings[$0.key, default: 0] }.map { "a mapping of \($0.key)" }
        return held.sorted() + started.sorted() + mapped.sorted()
    }

    /// What tells a descriptor apart from all others, of any time.
    static func name(ofDescriptor number: Int32, _ target: String) -> String { "descriptor \(number) (\(target))" }

    /// The mappings that belong to rings and contexts, which outlive their descriptors.
    private static func kernelMappings() throws -> [String: Int] {
        let lines = String(decoding: try Native.contents(at: "/proc/self/maps"), as: UTF8.self).split(separator: "\n")
        var counts: [String: Int] = [:]
        for line in lines {
            if line.hasSuffix("[io_uring]") { counts["io_uring", default: 0] += 1 }
            if line.contains("/[aio]") { counts["aio", default: 0] += 1 }
        }
        return counts
    }
}
