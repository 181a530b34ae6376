// Peers that live on a simulated host beside its programs.

import BackendSimulated
import IOSpec

extension SimulatedSurroundings {
    func connect(to address: SocketAddress) throws -> any ConnectionPeer {
        SimulatedFarEnd(try ask("connect to \(address)") { host throws(IOError) in try host.connect(to: address) })
    }

    func openNamedPipe(at path: String) throws -> any BytePeer {
        SimulatedFarEnd(try ask("open the named pipe \(path)") { host throws(IOError) in try host.openNamedPipe(at: path) })
    }
}

/// A peer in a simulated world. Nothing goes on while it is asked, so that what is not there does not come.
private final class SimulatedFarEnd: ConnectionPeer {
    private let peer: SimulatedPeer

    init(_ peer: SimulatedPeer) { self.peer = peer }

    func send(_ bytes: [UInt8]) throws {
        do throws(IOError) { try peer.send(bytes) } catch { throw HarnessProblem("a peer cannot send: \(error.cause)") }
    }

    func sendByte(_ byte: UInt8) -> Bool { (try? send([byte])) != nil }

    func receive(_ count: Int) throws -> [UInt8] {
        do throws(IOError) {
            if let bytes = try peer.receive(count) { return bytes }
        } catch { throw HarnessProblem("a peer cannot receive: \(error.cause)") }
        throw HarnessProblem("a peer has nothing to receive")
    }

    func isEnded() -> Bool {
        while true {
            do throws(IOError) {
                guard let bytes = try peer.receive(64) else { return false }
                if bytes.isEmpty { return true }
            } catch { return true }
        }
    }

    func reset() { peer.reset() }

    func close() { peer.close() }
}
