// Socket addresses, to the kernel's form and back.

import CLinuxIO
import IOSpec
import Testing

@testable import LinuxSupport

@Suite("Native addresses")
struct NativeAddressTests {
    private func roundTrip(_ address: SocketAddress) -> (SocketAddress?, length: UInt32) {
        unsafe address.withNative { unsafe (SocketAddress(native: $0, length: $1), $1) }
    }

    private func isSame(_ left: SocketAddress?, _ right: SocketAddress) -> Bool {
        guard let left else { return false }
        let sameBytes = (0..<107).allSatisfy { left.bytes[$0] == right.bytes[$0] }
        return sameBytes && left.family == right.family && left.port == right.port && left.scope == right.scope && left.count == right.count
    }

    @Test("of the internet come back as they were")
    func internet() {
        let version4 = SocketAddress.internet4(192, 0, 2, 7, port: 0x1234)
        #expect(isSame(roundTrip(version4).0, version4))
        let version6 = SocketAddress.internet6(InlineArray<16, UInt8> { UInt8($0 + 1) }, port: 65_535, scope: 3)
        #expect(isSame(roundTrip(version6).0, version6))
    }

    @Test("with a local name come back as they were, up to the longest", arguments: [1, 2, 106, 107])
    func names(count: Int) throws {
        let name = (0..<count).map { UInt8(65 + $0 % 26) }
        let local = try #require(SocketAddress.local(name))
        #expect(isSame(roundTrip(local).0, local))
        let abstract = try #require(SocketAddress.localAbstract(name))
        #expect(isSame(roundTrip(abstract).0, abstract))
        #expect(roundTrip(abstract).length == UInt32(2 + 1 + count))
    }

    @Test("of an abstract name keep the zero bytes in it")
    func zeroInside() throws {
        let abstract = try #require(SocketAddress.localAbstract([0, 1, 0, 0]))
        #expect(isSame(roundTrip(abstract).0, abstract))
    }

    @Test("of an end of a pair, which has no name, are not available")
    func unnamed() throws {
        let (first, second) = try Acquisition.acquire(pair: .streams, nonBlocking: true)
        defer {
            Acquisition.discard(first)
            Acquisition.discard(second)
        }
        #expect(throws: IOError(.addressNotAvailable)) { try Acquisition.localAddress(of: first) }
    }

    @Test("of a listener at port 0 tell the port that was taken, and taking it again is refused")
    func listener() throws {
        let listener = try Acquisition.acquire(.listener(at: .loopback4(), backlog: 4), nonBlocking: true)
        defer { Acquisition.discard(listener) }
        let address = try Acquisition.localAddress(of: listener)
        #expect(address.port != 0)
        #expect(throws: IOError(.addressInUse)) { try Acquisition.acquire(.listener(at: address, backlog: 4), nonBlocking: true) }
    }
}
