// The storage of files, and what is told about them.

extension Clause {
    static var attributes: [Clause] {
        [
            Clause(
                "space.allocate",
                "Allocating takes storage and changes no byte: the size grows to the end of the range unless it is kept, and what is added reads as zeros."
            ),
            Clause("space.punch-hole", "A hole reads as zeros, gives its storage back, and leaves the size and every byte beside it."),
            Clause(
                "space.range",
                "A range of the file's storage has at least one byte, and ends below 2^63: anything else is invalidArgument, on what has no storage notSeekable, isDirectory or unsupported."
            ),
            Clause("file.advise", "Advice changes no byte, no size and no result."),
            Clause("file.set-permissions", "Permissions are set exactly, of files and directories, whatever the handle was opened for."),
            Clause("file.set-times", "Each of the two times is set, made the present, or left alone, also before 1970."),
        ]
    }
}
