// What a person can do about a failure.

import IOSpec

extension IOFailure {
    /// What to do, where there is anything to say that the cause does not.
    public var advice: String? {
        switch cause {
        case .misaligned: "direct transfers need memory, offset and length aligned as the file's status says"
        case .outsideDirectory: "the path leads out of the directory that it was opened beneath; open that directory unconfined to allow it"
        case .tooManyOpen: "close what is not used any more, or raise the limit of open files (ulimit -n)"
        case .outOfResources: "the system is short of memory or threads; have fewer operations in flight"
        case .addressInUse: "choose another port, or end the program that has it"
        case .addressNotAvailable: "listen at an address that this machine has"
        case .noSpace: "free some storage"
        case .fileTooLarge: "raise the size limit (ulimit -f), or use another file system"
        case .badHandle: "it was closed, or its runtime has ended"
        case .unsupported: "choose another backend; iospec backends shows what each can do"
        case .noBuffers: "give buffers back sooner, or have more of them"
        default: nil
        }
    }
}
