// The system beneath the backends, for cases that require `.nativeSystem`, and for the harness itself.

import CConformance
import CLinuxIO
import Glibc

/// What only the system can do or tell. Every function throws ``HarnessProblem`` when the system refuses.
public enum Native {
    /// The text of a native error number.
    public static func describe(_ number: Int32) -> String {
        "\(unsafe String(cString: strerror(number))) (\(number))"
    }

    /// Turns a negative errno value into a problem that names what was tried.
    @discardableResult
    static func check<Number: SignedInteger>(_ result: Number, _ what: @autoclosure () -> String) throws -> Number {
        if result >= 0 { return result }
        throw HarnessProblem("\(what()): \(describe(Int32(truncatingIfNeeded: 0 - result)))")
    }

    /// Makes a call again as long as signals interrupt it.
    static func repeatingInterrupted<Number: SignedInteger>(_ call: () -> Number) -> Number {
        while true {
            let result = call()
            if result != -Number(EINTR) { return result }
        }
    }

    /// The names in a directory, without `.` and `..`.
    public static func names(in path: String) throws -> [String] {
        guard let directory = unsafe opendir(path) else { throw HarnessProblem("cannot list \(path): \(describe(errno))") }
        defer { unsafe closedir(directory) }
        return unsafe names(from: directory)
    }

    private static func names(from directory: OpaquePointer) -> [String] {
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                unsafe tuple.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    // MARK: Descriptors and threads

    /// The open descriptors of this process, each with what it refers to.
    public static func openDescriptors() throws -> [Int32: String] {
        guard let directory = unsafe opendir("/proc/self/fd") else {
            throw HarnessProblem("cannot list /proc/self/fd: \(describe(errno))")
        }
        defer { unsafe closedir(directory) }
        let own = unsafe dirfd(directory)
        var descriptors: [Int32: String] = [:]
        for name in unsafe names(from: directory) {
            guard let number = Int32(name), number != own else { continue }
            descriptors[number] = target(ofLink: "/proc/self/fd/\(name)") ?? "gone"
        }
        return descriptors
    }

    /// The kernel's numbers of the threads of this process.
    public static func threads() throws -> Set<Int32> {
        Set(try names(in: "/proc/self/task").compactMap { Int32($0) })
    }

    /// Whether a thread of this process is one that the kernel made, to carry operations out.
    public static func isKernelWorker(_ thread: Int32) -> Bool { isThread(thread, named: "iou-") }

    /// Whether a thread of this process is one that the kernel made, to look for operations without being called.
    static func isKernelPoller(_ thread: Int32) -> Bool { isThread(thread, named: "iou-sqp") }

    private static func isThread(_ thread: Int32, named prefix: String) -> Bool {
        let name = (try? contents(at: "/proc/self/task/\(thread)/comm")) ?? []
        return name.starts(with: prefix.utf8)
    }

    /// The processor time that this process has used, in nanoseconds.
    public static var processorTime: Int64 { conformance_processor_nanoseconds() }

    /// The monotonic clock of the system, in nanoseconds.
    public static var clock: Int64 { linuxio_monotonic_nanoseconds() }

    /// Whether the process runs as the superuser, who is never denied a permission.
    public static var isSuperuser: Bool { geteuid() == 0 }
}
