// Faults of storage, permissions, times and advice.

import IOSpec

enum AttributeSaboteurs {
    static let all: [Saboteur] = [
        .kernel(
            "space.allocate-grows-always", breaks: "space.allocate",
            summary: "Allocating makes a file longer although its size is to be kept."
        ) {
            fault in
            fault.start = { operation, handle in
                guard case .file(.allocate(let file, let offset, let count, _)) = operation else { return (operation, handle) }
                return (.file(.allocate(file, at: offset, count: count, keepsSize: false)), handle)
            }
        },
        .kernel("space.allocate-takes-nothing", breaks: "space.allocate", summary: "Allocating takes no storage.") { fault in
            fault.answer = { operation, _, _ in operation.kind == .allocate ? .finished(0) : nil }
        },
        .kernel("space.hole-is-not-made", breaks: "space.punch-hole", summary: "Making a hole does nothing.") { fault in
            fault.answer = { operation, _, _ in operation.kind == .punchHole ? .finished(0) : nil }
        },
        .kernel("space.hole-in-32-bits", breaks: "space.punch-hole", summary: "The length of a hole loses its upper 32 bits.") { fault in
            fault.start = { operation, handle in
                guard case .file(.punchHole(let file, let offset, let count)) = operation, count > UInt32.max else {
                    return (operation, handle)
                }
                return (.file(.punchHole(file, at: offset, count: max(1, count & 0xffff_ffff))), handle)
            }
        },
        .backend("space.empty-range-succeeds", breaks: "space.range", summary: "Allocating no bytes succeeds.") { fault in
            fault.result = { operation, result in
                guard case .file(.allocate(_, _, 0, _)) = operation.operation else { return result }
                return result.isError(.invalidArgument) ? 0 : result
            }
        },
        .kernel("file.advice-discards", breaks: "file.advise", summary: "What will not be needed is given up.") { fault in
            fault.start = { operation, handle in
                guard case .file(.advise(let file, let offset, let count, .willNotNeed)) = operation, handle.traits.contains(.writing)
                else {
                    return (operation, handle)
                }
                return (.file(.punchHole(file, at: offset, count: max(1, count))), handle)
            }
        },
        .kernel("file.permissions-without-sticky", breaks: "file.set-permissions", summary: "Only the lower nine permission bits are set.")
        { fault in
            fault.start = { operation, handle in
                guard case .file(.setPermissions(let file, let permissions)) = operation else { return (operation, handle) }
                return (.file(.setPermissions(file, permissions & 0o777)), handle)
            }
        },
        .kernel("file.times-are-swapped", breaks: "file.set-times", summary: "The two times change places.") { fault in
            fault.start = { operation, handle in
                guard case .file(.setTimes(let file, let access, let modification)) = operation else { return (operation, handle) }
                return (.file(.setTimes(file, access: modification, modification: access)), handle)
            }
        },
        .kernel("file.unchanged-time-is-now", breaks: "file.set-times", summary: "A time that is to stay becomes the present.") { fault in
            fault.start = { operation, handle in
                guard case .file(.setTimes(let file, let access, .unchanged)) = operation else { return (operation, handle) }
                return (.file(.setTimes(file, access: access, modification: .now)), handle)
            }
        },
        .backend(
            "file.status-without-birth", breaks: "file.status", summary: "A status tells no time of birth."
        ) { fault in
            fault.result = { operation, result in
                if case .file(.status(_, let region)) = operation.operation, result == 0 {
                    region.changeStatus { $0.birthTime = 0 }
                }
                return result
            }
        },
    ]
}
