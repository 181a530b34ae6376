// The ring's operations that this backend uses.

#if URing

/// An `IORING_OP_`; the numbers are the kernel's and never change.
enum Opcode: UInt8, BitwiseCopyable, CaseIterable {
    case nop = 0
    case readVectored = 1
    case writeVectored = 2
    case synchronize = 3
    case readRegistered = 4
    case writeRegistered = 5
    case poll = 6
    case sendMessage = 9
    case receiveMessage = 10
    case accept = 13
    case cancel = 14
    case connect = 16
    case allocate = 17
    case close = 19
    case status = 21
    case read = 22
    case write = 23
    case advise = 24
    case send = 26
    case receive = 27
    case sendZeroCopy = 47
    case truncate = 55

    /// Whether the backend does without it when the kernel does not know it.
    var isOptional: Bool {
        switch self {
        case .truncate, .sendZeroCopy: true
        default: false
        }
    }

    /// The name by which the kernel's documentation knows it.
    var name: String {
        switch self {
        case .nop: "IORING_OP_NOP"
        case .readVectored: "IORING_OP_READV"
        case .writeVectored: "IORING_OP_WRITEV"
        case .synchronize: "IORING_OP_FSYNC"
        case .poll: "IORING_OP_POLL_ADD"
        case .sendMessage: "IORING_OP_SENDMSG"
        case .receiveMessage: "IORING_OP_RECVMSG"
        case .accept: "IORING_OP_ACCEPT"
        case .cancel: "IORING_OP_ASYNC_CANCEL"
        case .connect: "IORING_OP_CONNECT"
        case .allocate: "IORING_OP_FALLOCATE"
        case .close: "IORING_OP_CLOSE"
        case .status: "IORING_OP_STATX"
        case .read: "IORING_OP_READ"
        case .write: "IORING_OP_WRITE"
        case .advise: "IORING_OP_FADVISE"
        case .send: "IORING_OP_SEND"
        case .receive: "IORING_OP_RECV"
        case .truncate: "IORING_OP_FTRUNCATE"
        case .readRegistered: "IORING_OP_READ_FIXED"
        case .writeRegistered: "IORING_OP_WRITE_FIXED"
        case .sendZeroCopy: "IORING_OP_SEND_ZC"
        }
    }
}

#endif
