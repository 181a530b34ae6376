// The alignment that travels with a handle.

import IOSpec
import Testing

@Suite("The alignment of direct transfers")
struct DirectAlignmentTests {
    @Test("admits what is aligned, and nothing else")
    func admission() {
        let alignment = DirectAlignment(memory: 4, offset: 512)
        #expect(alignment.admits(address: 8, count: 1024))
        #expect(!alignment.admits(address: 9, count: 1024))
        #expect(!alignment.admits(address: 8, count: 1023))
        #expect(alignment.admits(address: 9, count: 0))
        #expect(alignment.admits(offset: 1 << 40))
        #expect(!alignment.admits(offset: 256))
    }

    @Test("is none where a file tells none", arguments: [0, 3, 513] as [UInt32])
    func unknown(bytes: UInt32) {
        #expect(DirectAlignment(memory: bytes, offset: bytes) == .none)
        #expect(DirectAlignment.none.admits(address: 1, count: 1))
        #expect(DirectAlignment.none.admits(offset: 1))
    }

    @Test("leaves a native handle as large as a handle, which takes its place in a message")
    func size() {
        #expect(MemoryLayout<NativeHandle>.stride == MemoryLayout<Handle>.stride)
    }
}
