// What can be set of a node apart from its contents.

import IOSpec

/// Permissions and times, the latter in nanoseconds since the start of 1970.
struct NodeAttributes {
    var permissions: UInt16
    var modificationTime: Int64
    var accessTime: Int64
    var statusChangeTime: Int64

    init(permissions: UInt16, time: Int64) {
        self.permissions = permissions
        modificationTime = time
        accessTime = time
        statusChangeTime = time
    }

    /// The contents change, and the status with them.
    mutating func noteModification(at time: Int64) {
        modificationTime = time
        statusChangeTime = time
    }

    mutating func set(access: FileTime, modification: FileTime, at present: Int64) {
        accessTime = access.value(at: present) ?? accessTime
        modificationTime = modification.value(at: present) ?? modificationTime
        statusChangeTime = present
    }
}

extension FileTime {
    /// What the time becomes; nil when it stays.
    fileprivate func value(at present: Int64) -> Int64? {
        switch self {
        case .unchanged: nil
        case .now: present
        case .at(let time): time
        }
    }
}
