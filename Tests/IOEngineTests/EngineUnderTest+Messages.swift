// Paths and messages in the memory of a test.

import IOSpec

extension EngineUnderTest {
    /// A path of one name, in memory of its own.
    func path(_ name: String) -> MemoryRegion {
        let region = region(1024, name.utf8.count + 1)
        let bytes = unsafe UnsafeMutablePointer<UInt8>(bitPattern: region.address).unsafelyUnwrapped
        for (place, byte) in name.utf8.enumerated() { unsafe bytes[place] = byte }
        unsafe bytes[name.utf8.count] = 0
        return region
    }

    /// A message of `regions` that names `handles`; there is one at a time.
    func message(_ regions: [MemoryRegion], handles: [Handle]) -> MemoryRegion {
        let list = region(1280, handles.count * MemoryLayout<Handle>.size)
        for (place, handle) in handles.enumerated() { unsafe pointer(list, Handle.self)[place] = handle }
        let region = region(1536, MemoryLayout<Message>.size)
        unsafe pointer(region, Message.self).pointee = Message(segments(regions), handles: list)
        return region
    }

    func message(in region: MemoryRegion) -> Message { unsafe pointer(region, Message.self).pointee }

    /// Stores native handles as a kernel interface does.
    func put(_ natives: [NativeHandle], in region: MemoryRegion) {
        let list = message(in: region).handles
        for (place, native) in natives.enumerated() { unsafe pointer(list, NativeHandle.self)[place] = native }
        unsafe pointer(region, Message.self).pointee.handleCount = Int32(natives.count)
    }

    func handles(in region: MemoryRegion) -> [Handle] {
        let message = message(in: region)
        return (0..<Int(message.handleCount)).map { unsafe pointer(message.handles, Handle.self)[$0] }
    }

    private func pointer<Value>(_ region: MemoryRegion, _: Value.Type) -> UnsafeMutablePointer<Value> {
        unsafe UnsafeMutablePointer<Value>(bitPattern: region.address).unsafelyUnwrapped
    }
}
