// Names, and what opening them means.

extension Clause {
    static var paths: [Clause] {
        [
            Clause(
                "path.beneath",
                "A path is resolved beneath its directory; leaving it by `..`, an absolute path or a link is outsideDirectory."),
            Clause("path.unconfined", "A directory that was acquired as unconfined resolves every path."),
            Clause(
                "path.errors",
                "Each mistake in a path has its one cause: notFound, notDirectory, isDirectory, alreadyExists, symbolicLinkLoop, nameTooLong, permissionDenied, readOnly, crossDevice, directoryNotEmpty, busy; what is wrong with the way to a name comes before what is wrong with the name."
            ),
            Clause(
                "path.malformed",
                "An empty path, a path without its closing zero or with a zero inside, and unknown or contradictory options are invalidArgument."
            ),
            Clause("path.create", "Creating makes a missing file and keeps an existing one; exclusive makes or fails; truncating empties."),
            Clause("path.named-pipe", "Opening a named pipe waits for its peer, on every backend."),
            Clause("path.named-pipe-cancel", "Opening a named pipe can be cancelled and can time out, and leaves nothing open."),
        ]
    }
}
