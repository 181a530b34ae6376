// Where and how a run was made: what someone needs in order to repeat it or to compare it.

import CLinuxIO
import Glibc

/// The circumstances of a run.
public struct RunInformation: Codable, Sendable {
    /// When the run ended, in universal time.
    public var date = JSON.timestamp()
    /// The seed; the same seed gives every case the same random numbers.
    public var seed: UInt64
    /// The children at a time.
    public var jobs: Int
    /// The surroundings in which the cases were run.
    public var modes: [AmbientMode]
    /// How long the run took.
    public var seconds: Double
    /// The kernel and its release.
    public var kernel: String
    /// The kind of processor.
    public var machine: String
    /// The processors of the machine that are in use.
    public var processors: Int
    /// The file system of the scratch directories.
    public var fileSystem: String
    /// The limits of the process that matter here; a limit that is not there is left out.
    public var limits: [String: UInt64]

    /// The circumstances of this process.
    public init(seed: UInt64, jobs: Int, modes: [AmbientMode] = [.default], seconds: Double) {
        self.seed = seed
        self.jobs = jobs
        self.modes = modes
        self.seconds = seconds
        (kernel, machine) = Self.system()
        processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        fileSystem = Self.fileSystem(of: ScratchDirectory.parent)
        limits = Self.limits()
    }

    /// The run has ended just now.
    mutating func end(after seconds: Double) {
        self.seconds = seconds
        date = JSON.timestamp()
    }

    private static func system() -> (kernel: String, machine: String) {
        var name = utsname()
        guard unsafe uname(&name) == 0 else { return ("unknown", "unknown") }
        return ("\(text(of: name.sysname)) \(text(of: name.release))", text(of: name.machine))
    }

    /// The text in a fixed array of characters.
    private static func text<Characters>(of characters: Characters) -> String {
        unsafe withUnsafeBytes(of: characters) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// The type of the mount that `path` lies on: the last one whose place is the longest beginning of the path.
    private static func fileSystem(of path: String) -> String {
        let mounts = String(decoding: (try? Native.contents(at: "/proc/self/mounts")) ?? [], as: UTF8.self)
        var found = (place: "", type: "unknown")
        for line in mounts.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard words.count > 2, covers(words[1], path), words[1].count >= found.place.count else { continue }
            found = (words[1], words[2])
        }
        return found.type
    }

    private static func covers(_ place: String, _ path: String) -> Bool {
        place == "/" || path == place || path.hasPrefix(place + "/")
    }

    private static func limits() -> [String: UInt64] {
        let named: [(String, Native.Limit)] = [
            ("descriptors", .descriptors), ("lockedMemory", .lockedMemory), ("fileSize", .fileSize),
        ]
        var limits: [String: UInt64] = [:]
        for (name, limit) in named {
            guard let value = try? Native.limit(limit), value.soft != LINUXIO_RLIM_INFINITY else { continue }
            limits[name] = value.soft
        }
        return limits
    }
}
