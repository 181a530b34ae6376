// What a message passes to its receiver.

import IOSpec

/// Something on its way in a message, which holds it, with what the receiver's handle will be able to do.
struct PassedThing {
    private let thing: Thing
    private let handle: NativeHandle

    /// Holds `thing`, to which `handle` of the sender refers. What is passed confines its paths, and is registered nowhere.
    init(_ thing: Thing, as handle: NativeHandle) {
        if case .directory(let directory) = thing {
            self.thing = .directory(directory.confined())
        } else {
            self.thing = thing
        }
        self.handle = NativeHandle(
            number: -1, kind: handle.kind, traits: handle.traits.subtracting([.unconfined, .registered]), alignment: handle.alignment)
        self.thing.description.hold()
    }

    func letGo() { thing.description.letGo() }

    /// Makes a handle of `station`'s own of it, and lets go.
    ///
    /// - Throws: `.tooManyOpen`.
    func arrive(at station: Station) throws(IOError) -> NativeHandle {
        defer { letGo() }
        var received = handle
        received.number = try station.insert(thing)
        return received
    }
}

extension InFlight {
    /// What the operation's message passes, held once more for the message.
    func makePassed() -> [PassedThing] {
        zip(otherThings, others).map { PassedThing($0, as: $1) }
    }
}

extension Station {
    /// Puts what came into `message` as handles for the engine to adopt. What there is no room for is let go, and the message says so.
    func unpack(_ passed: [PassedThing], into message: inout Message) {
        let stride = MemoryLayout<NativeHandle>.stride
        for thing in passed {
            let place = Int(message.handleCount) * stride
            guard place + stride <= message.handles.count else {
                thing.letGo()
                message.flags.insert(.handlesTruncated)
                continue
            }
            do throws(IOError) {
                message.handles.dropping(place).store(try thing.arrive(at: self))
                message.handleCount += 1
            } catch {
                message.flags.insert(.handlesTruncated)
            }
        }
    }
}
