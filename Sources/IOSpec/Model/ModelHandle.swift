// What a symbol of a history stands for.

/// A handle as the reference model knows it.
struct ModelHandle: Sendable {
    enum Thing: Hashable, Sendable {
        /// A file or a directory; which one it is, each possible world knows.
        case opened(OpenOptions)
        /// A stream, by the number of its end.
        case stream(Int)
        /// The end of a pipe that is read, or written, by the number of its channel.
        case pipe(channel: Int, isReader: Bool)
        case listener(Int)
        /// Datagrams or packets, by the number of their end.
        case messages(Int)
        /// A directory of its own with a pipe that has a name.
        case namedPipe(Int)
        /// What came with a message, and nobody knows which one of several it is.
        case unknown

        /// Whether the two are the ends of one pipe.
        func isSamePipe(as other: Thing) -> Bool {
            guard case .pipe(let channel, _) = self, case .pipe(channel, _) = other else { return false }
            return true
        }
    }

    let thing: Thing
    /// When its close completed.
    var closeTime: Int?

    init(_ thing: Thing) {
        self.thing = thing
    }

    var options: OpenOptions? {
        if case .opened(let options) = thing { return options }
        return nil
    }

    var isOpened: Bool { options != nil }

    var isMessage: Bool {
        if case .messages = thing { return true }
        return false
    }
}
