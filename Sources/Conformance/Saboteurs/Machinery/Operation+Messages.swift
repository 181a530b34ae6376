// Small changes of messages, for faults.

import IOSpec

extension Operation {
    /// The message of a receive.
    var receivedMessage: MemoryRegion? {
        if case .message(.receive(_, let region)) = self { region } else { nil }
    }
}

extension MemoryRegion {
    /// Changes the message that the region holds.
    func changeMessage(_ change: (inout Message) -> Void) {
        guard count == MemoryLayout<Message>.size, let memory = unsafe UnsafeMutablePointer<Message>(bitPattern: address) else { return }
        // Sound: the region is lent to the operation that the fault belongs to, and holds a message.
        unsafe change(&memory.pointee)
    }

    /// Changes each native handle that came with the message that the region holds.
    func changePassed(_ change: (inout NativeHandle) -> Void) {
        changeMessage { message in
            guard let natives = unsafe UnsafeMutablePointer<NativeHandle>(bitPattern: message.handles.address) else { return }
            // Sound: the kernel interface has put so many native handles into the array, and the engine has not adopted them yet.
            for index in 0..<Int(message.handleCount) { unsafe change(&natives[index]) }
        }
    }
}

extension StreamOperation {
    /// The operation with other segments; unchanged when it is not vectored.
    func segments(_ change: (SegmentList) -> SegmentList) -> StreamOperation {
        switch self {
        case .receiveVectored(let handle, let segments): .receiveVectored(handle, into: change(segments))
        case .sendVectored(let handle, let segments): .sendVectored(handle, from: change(segments))
        default: self
        }
    }
}
