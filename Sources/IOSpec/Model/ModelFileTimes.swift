// The times of files that were set or told.

/// What is known of the times of what handles refer to, as long as nothing is done that could change them.
struct ModelFileTimes: Sendable {
    struct Times: Sendable {
        var access: Int64?
        var modification: Int64?
    }

    /// When something was done last that changes times, or may do so.
    private(set) var disturbance = -1
    private var known: [Int: Times] = [:]
    /// What was known when an operation began that sets times.
    private var before: [Int: Times] = [:]

    /// Something happens to files that may change any of their times.
    mutating func disturb(at time: Int) {
        disturbance = time
        known = [:]
        before = [:]
    }

    /// Times are about to be set through a handle; those of what others refer to may be the same.
    mutating func begin(_ number: Int, _ handle: Int, at time: Int) {
        let known = known[handle] ?? Times()
        let isAlone = before.isEmpty
        disturb(at: time)
        if isAlone { before[number] = known }
    }

    mutating func end(_ number: Int, _ handle: Int, _ access: FileTime, _ modification: FileTime, at time: Int) {
        guard var times = before.removeValue(forKey: number) else { return disturb(at: time) }
        times.access = access.replacing(times.access)
        times.modification = modification.replacing(times.modification)
        disturb(at: time)
        known[handle] = times
    }

    /// What the times of a handle were all the while since `start`.
    func times(of handle: Int, since start: Int) -> Times? {
        disturbance < start ? known[handle] : nil
    }

    /// A status that began at `start` has told the times.
    mutating func note(_ times: Observation.Times, of handle: Int, since start: Int) {
        if disturbance < start { known[handle] = Times(access: times.access, modification: times.modification) }
    }
}

extension FileTime {
    /// What a time is once it was set; nil when nobody knows.
    fileprivate func replacing(_ time: Int64?) -> Int64? {
        switch self {
        case .unchanged: time
        case .now: nil
        case .at(let time): time
        }
    }
}
