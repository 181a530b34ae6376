// What a path does not depend on, and what has no path.

import CLinuxIO
import Glibc
import IOSpec

enum PathSurroundingCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "path.beneath.working-directory", proves: "path.beneath",
            title: "The process's own directory has no part in resolving a path, whenever it changes", requires: [.files, .nativeSystem],
            isolation: .childProcess
        ) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            let elsewhere = try c.nativePath("elsewhere")
            try c.surroundings.makeDirectory(at: elsewhere)
            try c.surroundings.makeFile(at: "\(elsewhere)/f", contents: [9])
            for place in [elsewhere, "/", elsewhere, "/"] {
                let opens = try (0..<8).map { _ in try c.submit(c.opening("f", .reading)) }
                guard unsafe chdir(place) == 0 else { throw HarnessProblem("cannot go to \(place): \(Native.describe(errno))") }
                for completion in try c.complete(opens) {
                    try c.expectEqual(
                        c.contents(of: c.handle(of: completion)), [1, 2, 3], "the contents of the file beneath the directory")
                }
            }
        },
        ConformanceCase(
            "path.open.nameless", proves: "result.portable", "path.errors",
            title: "What the kernel shows under /proc and has no file behind it cannot be opened, and nothing waits",
            requires: [.files, .nativeSystem]
        ) { c in
            let root = try c.acquire(.directory(name: "/", unconfined: true))
            let nameless = linuxio_eventfd(0, LINUXIO_EFD_CLOEXEC)
            if nameless < 0 { try c.skip(.environment("there is no descriptor without a file")) }
            defer { Native.close(nameless) }
            let completion = try c.perform(c.opening("proc/self/fd/\(nameless)", .reading, beneath: root))
            // What has no file belongs to the superuser, and whoever may not open it learns no more.
            let causes: [IOError.Cause] = Native.isSuperuser ? [.noDevice] : [.noDevice, .permissionDenied]
            try c.expect(completion, failsWithOneOf: causes, "opening what has no file")
        },
    ]
}
