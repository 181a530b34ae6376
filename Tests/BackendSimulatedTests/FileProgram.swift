// A program on a simulated host that works with files, one operation after the other.

import BackendSimulated
import IOEngine
import IOSpec

/// Owns an engine, the root of its host's files, and the memory that operations name.
@safe
final class FileProgram {
    private var engine: IOEngine<Simulated>
    private let root: Handle
    private let memory: UnsafeMutableRawBufferPointer

    init(on host: SimulatedHost) throws {
        engine = try IOEngine<Simulated>(on: host)
        root = try engine.acquire(.directory(name: "/", unconfined: true))
        unsafe memory = .allocate(byteCount: 1 << 20, alignment: 4096)
    }

    deinit { unsafe memory.deallocate() }

    // MARK: Names

    func open(_ path: String, _ options: OpenOptions) throws -> Handle {
        let completion = try complete(.path(.open(beneath: root, path: self.path(path), options: options, permissions: 0o644)))
        if let error = completion.error { throw error }
        guard let handle = engine.handle(madeBy: completion) else { throw IOError(.badHandle) }
        return handle
    }

    func rename(_ path: String, to other: String) throws {
        let second = self.path(other, at: 4096)
        try perform(.path(.rename(beneath: root, path: self.path(path), toDirectory: root, toPath: second, .replacing)))
    }

    func link(_ path: String, to other: String) throws {
        let second = self.path(other, at: 4096)
        try perform(.path(.hardLink(beneath: root, path: self.path(path), toDirectory: root, toPath: second)))
    }

    func unlink(_ path: String) throws { try perform(.path(.unlink(beneath: root, path: self.path(path)))) }

    func makeDirectory(_ path: String) throws {
        try perform(.path(.makeDirectory(beneath: root, path: self.path(path), permissions: 0o755)))
    }

    func removeDirectory(_ path: String) throws { try perform(.path(.removeDirectory(beneath: root, path: self.path(path)))) }

    func status(at path: String) throws -> FileStatus {
        let region = region(8192, MemoryLayout<FileStatus>.size)
        try perform(.path(.status(beneath: root, path: self.path(path), into: region, followsLink: false)))
        // Sound: the operation is over, and has filled the region.
        return unsafe memory.loadUnaligned(fromByteOffset: 8192, as: FileStatus.self)
    }

    // MARK: Files

    /// Makes a file, or empties one, and returns the handle.
    func makeFile(_ path: String, _ contents: [UInt8] = []) throws -> Handle {
        let file = try open(path, [.reading, .writing, .creating, .truncating])
        if !contents.isEmpty { _ = try write(contents, to: file) }
        return file
    }

    func write(_ bytes: [UInt8], to file: Handle, at offset: Int64 = 0) throws -> Int {
        unsafe memory[0..<bytes.count].copyBytes(from: bytes)
        return try perform(.file(.write(file, from: region(0, bytes.count), at: offset)))
    }

    func read(_ count: Int, from file: Handle, at offset: Int64 = 0) throws -> [UInt8] {
        let moved = try perform(.file(.read(file, into: region(0, count), at: offset)))
        return unsafe Array(memory[0..<moved])
    }

    func synchronize(_ handle: Handle) throws { try perform(.file(.synchronize(handle))) }

    /// Brings the names of a directory to storage.
    func synchronize(directory path: String) throws {
        let directory = try open(path, .directory)
        try synchronize(directory)
        try close(directory)
    }

    func close(_ handle: Handle) throws { try perform(.control(.close(handle))) }

    // MARK: Operations

    /// What an operation completes with.
    ///
    /// - Throws: the error that it fails with.
    @discardableResult
    func perform(_ operation: IOSpec.Operation) throws -> Int {
        let completion = try complete(operation)
        if let error = completion.error { throw error }
        return Int(completion.result)
    }

    private func complete(_ operation: IOSpec.Operation) throws -> Completion {
        _ = try engine.submit(Submission(operation))
        while true {
            let reaped = [Completion](capacity: 1) { (span: inout OutputSpan<Completion>) in engine.reap(into: &span, until: .never) }
            if let completion = reaped.first { return completion }
        }
    }

    private func path(_ path: String, at place: Int = 0) -> PathReference {
        let bytes = Array(path.utf8) + [0]
        unsafe memory[place..<place + bytes.count].copyBytes(from: bytes)
        return PathReference(region(place, bytes.count))
    }

    private func region(_ offset: Int, _ count: Int) -> MemoryRegion {
        // Sound: every operation is over before its memory is used again.
        unsafe MemoryRegion(UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + count]))
    }
}
