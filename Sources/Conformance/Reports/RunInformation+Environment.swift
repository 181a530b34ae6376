// The surroundings of a result by name, for whoever declares that something only fails in some.

extension RunInformation {
    /// The names of what an expectation can depend on.
    public static var environmentNames: [String] { ["architecture", "fileSystem", "kernel", "mode", "processors"] }

    /// The value of each of ``environmentNames`` for a result of this run.
    func environment(of result: CaseResult) -> [String: String] {
        [
            "architecture": machine,
            "fileSystem": fileSystem,
            // The release alone, without the system's name.
            "kernel": kernel.split(separator: " ").last.map(String.init) ?? kernel,
            "mode": result.mode.rawValue,
            "processors": "\(processors)",
        ]
    }
}
