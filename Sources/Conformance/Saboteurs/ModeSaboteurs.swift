// Faults that show in some surroundings only.

import IOSpec

enum ModeSaboteurs {
    static let all: [Saboteur] = [
        Saboteur.kernel(
            "stream.select-sized", breaks: "stream.receive-some",
            summary: "A stream whose descriptor is 1,024 or more cannot be waited for, as with a select of the C library."
        ) { fault in
            fault.answer = { operation, handle, _ in
                operation.kind == .receive && handle.number >= 1024 ? .finished(IOError(.outOfResources).encoded) : nil
            }
        }.surrounded(by: .highDescriptors)
    ]
}
