// A pipe with a name.

/// Who has opened a pipe with a name.
struct ModelNamedPipe: Sendable {
    /// The name that it has in its directory.
    static var name: String { "p" }

    /// Whether somebody has ever opened an end.
    var hasReader = false
    var hasWriter = false

    /// Whether somebody has ever opened the other end.
    func hasPeer(of options: OpenOptions) -> Bool { options == .reading ? hasWriter : hasReader }

    mutating func noteOpened(_ options: OpenOptions) {
        if options == .reading { hasReader = true } else { hasWriter = true }
    }
}
