// Starting another program, and learning how it ended.

import CConformance
import Glibc

/// Programs that this process starts.
enum ChildProcess {
    /// Starts a program with this process's environment and `variables`; `descriptors` says which of ours it gets under which number.
    static func spawn(
        _ program: String, _ arguments: [String], passing descriptors: [Int32: Int32], adding variables: [String: String] = [:]
    ) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        // In this order no number is given away while it still names one of ours that is to be passed.
        for (number, own) in descriptors.sorted(by: { $0.key < $1.key }) {
            precondition(own >= number, "A descriptor must not be passed under a greater number than its own")
            unsafe posix_spawn_file_actions_adddup2(&actions, own, number)
        }

        var words = unsafe copies([program] + arguments)
        var environment = unsafe copies(environment(adding: variables))
        defer { unsafe (words + environment).forEach { unsafe free($0) } }
        var child: pid_t = 0
        let error = unsafe posix_spawn(&child, program, &actions, nil, &words, &environment)
        guard error == 0 else { throw HarnessProblem("cannot start \(program): \(Native.describe(error))") }
        return child
    }

    /// Copies that the C library can read, ended by nil; the caller frees them.
    private static func copies(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
        unsafe words.map { unsafe strdup($0) } + [nil]
    }

    private static func environment(adding variables: [String: String]) -> [String] {
        var entries: [String] = []
        var next = unsafe conformance_environment()
        while let place = unsafe next, let entry = unsafe place.pointee {
            unsafe entries.append(String(cString: entry))
            unsafe next = place + 1
        }
        let inherited = entries.filter { entry in !variables.keys.contains { entry.hasPrefix("\($0)=") } }
        return inherited + variables.map { "\($0)=\($1)" }
    }

    /// The ending of a child that the system does not tell; no program exits with it.
    static var unknownEnding: Int32 { 256 }

    /// Waits until a child has ended: its exit code, minus the signal that ended it, or ``unknownEnding``.
    static func wait(for child: pid_t) -> Int32 {
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0 {
            if errno != EINTR { return unknownEnding }
        }
        return ending(status)
    }

    /// The same for a child that has ended already; nil for one that has not.
    static func endingIfOver(_ child: pid_t) -> Int32? {
        var status: Int32 = 0
        let result = unsafe waitpid(child, &status, WNOHANG)
        if result < 0 { return errno == EINTR ? nil : unknownEnding }
        return result == 0 ? nil : ending(status)
    }

    private static func ending(_ status: Int32) -> Int32 {
        let ending = conformance_ending_signal(status)
        return ending > 0 ? -ending : conformance_exit_code(status)
    }
}
