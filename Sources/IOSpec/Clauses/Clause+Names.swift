// Names in directories: asking, making, moving, removing and listing them.

extension Clause {
    static var names: [Clause] {
        [
            Clause(
                "path.last-component",
                "A path operation acts on the last component of its path in the directory that the rest led to, and follows no link there unless it says so."
            ),
            Clause("path.status", "The status of a name is that of what it refers to; of a symbolic link itself unless it is followed."),
            Clause("path.temporary", "A temporary file has no name, never gets one, and is gone with its last handle."),
            Clause(
                "link.read",
                "Reading a link gives its whole target, without a closing zero; a region that is too short, and what is no link, are invalidArgument."
            ),
            Clause("link.symbolic", "A symbolic link says its target as it was given, whether that exists or not."),
            Clause("link.hard", "A hard link is another name of the same file; a directory gets none: permissionDenied."),
            Clause(
                "rename.moves",
                "Renaming moves a name in one step: whoever looks sees the old file or the moved one. What had the second name is replaced; a directory replaces only an empty directory, a file no directory."
            ),
            Clause("rename.exclusive", "An exclusive rename to a name that exists is alreadyExists, and changes nothing."),
            Clause("rename.exchange", "An exchanging rename swaps two names, of whatever kind; without the second one it is notFound."),
            Clause("unlink.removes", "Unlinking removes one name, of anything but a directory; handles that are open go on."),
            Clause("directory.make", "Making a directory makes an empty one with the given permissions, less what the system withholds."),
            Clause("directory.remove", "Removing a directory removes an empty one; any other is directoryNotEmpty, a file notDirectory."),
            Clause(
                "directory.list",
                "Listing gives each name that is there all the while exactly once, with its kind and identity, without `.` and `..`; after the last it gives nothing. It may wait for earlier listings of the same handle."
            ),
            Clause(
                "directory.cursor",
                "A listing goes on after any cursor that was given, whatever was listed meanwhile, and moves nobody else's place in a directory that was passed; it never splits an entry, and a region too short for one is invalidArgument."
            ),
        ]
    }
}
