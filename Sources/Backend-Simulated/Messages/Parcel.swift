// A message on its way.

import IOSpec

/// One whole message, from its sending until it is received or dropped.
struct Parcel {
    let bytes: [UInt8]
    /// Where the sender can be reached, if it can.
    let address: SocketAddress?
    let passed: [PassedThing]
    /// The sender that pays for the room it takes; nil when it has left that host.
    let sender: MessageEnd?

    /// The room that it takes in a buffer. Even an empty message takes some, so that no buffer holds any number of them.
    var cost: Int { bytes.count + Self.overhead }

    static var overhead: Int { 768 }

    func relieveSender() {
        guard let sender else { return }
        sender.waitingBytes -= cost
        sender.sending.give()
    }

    /// Nobody receives it: what it passes is let go.
    func drop() {
        passed.letGo()
    }
}
