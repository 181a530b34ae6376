// The backends that this build of the command knows.

import BackendEpoll
import Conformance
import IOSpec

#if AIO
import BackendAIO
#endif
#if URing
import BackendURing
#endif

/// The backends by name.
enum BackendCatalogue {
    /// Every backend, also those that were left out of this build, which say so when they are set up.
    static var all: [BackendFactory] { [uring, aio, epoll] }

    private static var uring: BackendFactory {
        #if URing
        .engine(URing.self)
        #else
        leftOut("uring", trait: "URing")
        #endif
    }

    private static var aio: BackendFactory {
        #if AIO
        .engine(AIO.self)
        #else
        leftOut("aio", trait: "AIO")
        #endif
    }

    private static var epoll: BackendFactory { .engine(Epoll.self) }

    /// Those that can be named: also the one that has no kernel, and runs only when it is asked for.
    static var everyone: [BackendFactory] { all + [.simulated] }

    private static func leftOut(_ name: String, trait: String) -> BackendFactory {
        BackendFactory(name: name) { (_) throws(Unavailability) in
            throw Unavailability(.missing, subject: "the backend \(name)", remedy: "build with the package trait \(trait)")
        }
    }

    /// The backends called `names`, or all when there are none.
    ///
    /// - Throws: ``WrongUse`` for a name that does not exist.
    static func named(_ names: [String]) throws(WrongUse) -> [BackendFactory] {
        if names.isEmpty { return all }
        var chosen: [BackendFactory] = []
        for name in names where !chosen.contains(where: { $0.name == name }) {
            guard let factory = everyone.first(where: { $0.name == name }) else {
                throw WrongUse("there is no backend “\(name)”; there are \(everyone.map(\.name).joined(separator: ", "))")
            }
            chosen.append(factory)
        }
        return chosen
    }
}
