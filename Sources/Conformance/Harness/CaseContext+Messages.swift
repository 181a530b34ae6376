// Messages of a case: the memory that they are made of, and what came with them.

import IOSpec

/// A message, and all that it names.
struct CaseMessage {
    let memory: CaseBuffer
    let bytes: CaseBuffer
    let sender: CaseBuffer
    let places: CaseBuffer

    /// What operations are given.
    var region: MemoryRegion { memory.region }
    /// What a receive has told.
    var message: Message { memory.load(as: Message.self) }
    /// The handles that came.
    var handles: [Handle] {
        (0..<Int(message.handleCount)).map { place in
            let bytes = places.bytes(place * MemoryLayout<Handle>.size, MemoryLayout<Handle>.size)
            return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(as: Handle.self) }
        }
    }
    /// The address that came, or nil.
    var address: SocketAddress? { message.flags.contains(.hasAddress) ? sender.load(as: SocketAddress.self) : nil }
}

/// A message that was received.
struct ReceivedMessage {
    let bytes: [UInt8]
    let message: Message
    let sender: SocketAddress?
    let handles: [Handle]

    var flags: Message.Flags { message.flags }
}

extension CaseContext {
    /// A message of `bytes` to send.
    func outgoing(_ bytes: [UInt8], to address: SocketAddress? = nil, passing handles: [Handle] = []) -> CaseMessage {
        let stride = MemoryLayout<Handle>.stride
        let places = buffer(handles.count * stride)
        for (index, handle) in handles.enumerated() { places.store(handle, at: index * stride) }
        let sender = buffer(address == nil ? 0 : MemoryLayout<SocketAddress>.size)
        if let address { sender.store(address) }
        return message(buffer(bytes), sender, places)
    }

    /// Room for a message.
    func incoming(_ count: Int = 64, handles: Int = 0, address: Bool = true) -> CaseMessage {
        let sender = buffer(address ? MemoryLayout<SocketAddress>.size : 0)
        return message(buffer(count), sender, buffer(handles * MemoryLayout<Handle>.stride))
    }

    private func message(_ bytes: CaseBuffer, _ sender: CaseBuffer, _ places: CaseBuffer) -> CaseMessage {
        let memory = buffer(MemoryLayout<Message>.size)
        memory.store(Message(segments([bytes.region]), address: sender.region, handles: places.region))
        return CaseMessage(memory: memory, bytes: bytes, sender: sender, places: places)
    }

    /// Sends a message, all of which must be moved.
    func sendMessage(_ bytes: [UInt8], over handle: Handle, to address: SocketAddress? = nil, passing handles: [Handle] = []) throws {
        let message = outgoing(bytes, to: address, passing: handles)
        try expect(perform(.message(.send(handle, message.region))), moves: bytes.count, "sending a message of \(bytes.count) bytes")
    }

    /// Receives a message, which must come.
    func receiveMessage(_ count: Int = 64, handles: Int = 0, from handle: Handle) throws -> ReceivedMessage {
        let message = incoming(count, handles: handles)
        return try received(message, perform(.message(.receive(handle, message.region))))
    }

    /// What a receive that must have succeeded has put into `message`.
    func received(_ message: CaseMessage, _ completion: Completion) throws -> ReceivedMessage {
        if let error = completion.error { throw CaseFailure("receiving a message must succeed, and failed with \(describe(error))") }
        let count = Int(completion.result)
        try expect(count <= message.bytes.count, "a message fills no more than its room of \(message.bytes.count) (it says \(count))")
        try expectUntouched(message.bytes, from: count, "receiving a message of \(count) bytes")
        return ReceivedMessage(
            bytes: message.bytes.bytes(0, count), message: message.message, sender: message.address, handles: message.handles)
    }

    /// Checks that a message that is sent at one end arrives whole at the other.
    func expectMessage(from sender: Handle, to receiver: Handle, seed: UInt64 = 5) throws {
        let sent = Pattern.bytes(40, seed: seed)
        try sendMessage(sent, over: sender)
        try expectEqual(receiveMessage(from: receiver).bytes, sent, "the message that arrived")
    }

    /// Sends messages to a receiver that takes none until one has to wait; that one, and how many were sent before.
    func fillMessages(_ size: Int = 64, over handle: Handle, to address: SocketAddress? = nil) throws -> (waiting: OperationID, sent: Int) {
        let message = outgoing([UInt8](repeating: 0x5A, count: size), to: address)
        for count in 0..<4000 {
            let id = try submit(.message(.send(handle, message.region)))
            let patience = after(milliseconds: 200)
            while !isComplete(id), now < patience { try reap(until: patience) }
            guard isComplete(id) else { return (id, count) }
            try expect(complete(id), moves: size, "sending a message while there is room")
        }
        try skip(.environment("the receiver takes any number of messages"))
    }
}
