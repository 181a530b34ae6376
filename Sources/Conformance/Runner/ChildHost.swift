// How a run starts its child processes.

/// An executable that runs a ``ChildSession`` when it is given these arguments.
public struct ChildHost: Sendable {
    /// The path of the executable.
    public var executable: String
    /// The arguments that lead to the session.
    public var arguments: [String]
    /// What is added to the environment.
    var environment = ["SWIFT_BACKTRACE": "enable=no"]

    /// Children that run `executable` with `arguments`, followed by those of the session.
    public init(executable: String = "/proc/self/exe", arguments: [String]) {
        self.executable = executable
        self.arguments = arguments
    }

    /// The same children, whose scratch directories lie in `directory`.
    func scratching(in directory: ScratchDirectory) -> ChildHost {
        var host = self
        host.environment["TMPDIR"] = directory.path
        return host
    }

    /// The whole command line of a session, in the form that the command `iospec` reads.
    func arguments(for session: ChildSession) -> [String] {
        var all = arguments + ["--backend", session.backend, "--seed", "\(session.seed)"]
        if session.mode != .default { all += ["--mode", session.mode.rawValue] }
        if let saboteur = session.saboteur { all += ["--saboteur", saboteur] }
        if session.stopsAtFailure { all.append("--stop-at-failure") }
        return all + ["--"] + session.cases
    }
}
