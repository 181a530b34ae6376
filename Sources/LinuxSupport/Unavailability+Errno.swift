// Why the kernel refused to set something up, in the specification's words.

import CLinuxIO
public import IOSpec

extension Unavailability {
    /// The reason for a positive errno value of a set-up call. `denial` says what a person can do where a policy denies the call.
    public init(errno: Int32, subject: String, denial: String) {
        let detail = UInt16(truncatingIfNeeded: errno)
        switch errno {
        case EPERM, EACCES:
            self.init(.deniedByPolicy, subject: subject, detail: detail, remedy: denial)
        case EMFILE, ENFILE:
            self.init(
                .outOfLimits, subject: subject, detail: detail, remedy: "Raise the limit of open files (ulimit -n), or close descriptors.")
        case ENOMEM, EAGAIN, ENOSPC:
            self.init(
                .outOfLimits, subject: subject, detail: detail, remedy: "Free memory, or raise the limits of this process (ulimit -a).")
        default:
            self.init(.missing, subject: subject, detail: detail, remedy: "Run on a kernel that has \(subject), or choose another backend.")
        }
    }
}
