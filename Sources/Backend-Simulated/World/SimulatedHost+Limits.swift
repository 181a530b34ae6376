// What a host allows its programs, and what they have.

extension SimulatedHost {
    /// Limits the size of files, or lifts the limit.
    public func limitFiles(to bytes: Int64?) {
        world.exclusively { tree.fileSizeLimit = bytes }
    }

    /// Gives programs no further handles, or gives them handles again.
    public func refuseHandles(_ refuses: Bool) {
        world.exclusively { refusesHandles = refuses }
    }

    /// Lets programs act for a user who owns only what they make from now on, or for one who may do everything.
    public func restrictPrograms(_ isRestricted: Bool) {
        world.exclusively { tree.isOrdinary = isRestricted }
    }

    /// The handles of all programs, each by a name of its own.
    public var openHandles: Set<String> {
        world.exclusively {
            var names: Set<String> = []
            for station in stations {
                for number in station.things.keys { names.insert("handle \(number) of program \(station.number)") }
            }
            return names
        }
    }
}
