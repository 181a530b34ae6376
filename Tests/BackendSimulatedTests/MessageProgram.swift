// A program on a simulated host that sends and receives datagrams, one at a time.

import BackendSimulated
import IOEngine
import IOSpec

/// Owns an engine and one handle for datagrams.
final class MessageProgram {
    private var engine: IOEngine<Simulated>
    private let handle: Handle

    init(on host: SimulatedHost, at address: SocketAddress) throws {
        var engine = try IOEngine<Simulated>(on: host)
        handle = try engine.acquire(.datagram(address.family, at: address))
        self.engine = engine
    }

    func send(_ bytes: [UInt8], to address: SocketAddress) throws {
        let message = LentMessage(bytes, address: LentMemory(holding: address))
        _ = try complete(.message(.send(handle, message.region))).get()
    }

    /// Receives what has come within a second; nil when nothing has.
    func receive() throws -> (bytes: [UInt8], sender: SocketAddress?)? {
        let address = LentMemory(count: MemoryLayout<SocketAddress>.size)
        let message = LentMessage([UInt8](repeating: 0, count: 64), address: address)
        let completion = try complete(.message(.receive(handle, message.region)))
        if completion.error == IOError(.timedOut) { return nil }
        let count = try completion.get()
        let hasSender = message.told.flags.contains(.hasAddress)
        return (Array(message.bytes[..<count]), hasSender ? address.load(as: SocketAddress.self) : nil)
    }

    private func complete(_ operation: Operation) throws -> Completion {
        _ = try engine.submit(Submission(operation, deadline: engine.now.advanced(byNanoseconds: 1_000_000_000)))
        while true {
            let reaped = [Completion](capacity: 1) { (span: inout OutputSpan<Completion>) in engine.reap(into: &span, until: .never) }
            if let completion = reaped.first { return completion }
        }
    }
}
