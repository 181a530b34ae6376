// The names of causes, for what a person reads.

extension IOError.Cause {
    /// The name of the cause, which without reflection has to be spelled out.
    var words: String {
        switch self {
        case .invalidArgument: "invalidArgument"
        case .badHandle: "badHandle"
        case .wrongKind: "wrongKind"
        case .wrongAccess: "wrongAccess"
        case .notSeekable: "notSeekable"
        case .misaligned: "misaligned"
        case .notFound: "notFound"
        case .alreadyExists: "alreadyExists"
        case .isDirectory: "isDirectory"
        case .notDirectory: "notDirectory"
        case .directoryNotEmpty: "directoryNotEmpty"
        case .symbolicLinkLoop: "symbolicLinkLoop"
        case .nameTooLong: "nameTooLong"
        case .outsideDirectory: "outsideDirectory"
        case .permissionDenied: "permissionDenied"
        case .readOnly: "readOnly"
        case .crossDevice: "crossDevice"
        case .noSpace: "noSpace"
        case .fileTooLarge: "fileTooLarge"
        case .tooManyOpen: "tooManyOpen"
        case .outOfResources: "outOfResources"
        case .busy: "busy"
        case .connectionRefused: "connectionRefused"
        case .connectionReset: "connectionReset"
        case .brokenPipe: "brokenPipe"
        case .notConnected: "notConnected"
        case .alreadyConnected: "alreadyConnected"
        case .addressInUse: "addressInUse"
        case .addressNotAvailable: "addressNotAvailable"
        case .unreachable: "unreachable"
        case .connectionTimedOut: "connectionTimedOut"
        case .messageTooLong: "messageTooLong"
        case .inputOutput: "inputOutput"
        case .noDevice: "noDevice"
        case .unsupported: "unsupported"
        case .timedOut: "timedOut"
        case .cancelled: "cancelled"
        case .noBuffers: "noBuffers"
        case .other: "other"
        }
    }
}

extension [IOError.Cause] {
    /// Several causes, as alternatives.
    var words: String { map(\.words).joined(separator: " or ") }
}
