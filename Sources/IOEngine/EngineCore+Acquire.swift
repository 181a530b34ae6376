// The boot phase: handles that are acquired and not opened.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    @inlinable mutating func acquire(_ resource: Resource) throws(IOError) -> Handle {
        if case .listener(_, let backlog) = resource, backlog < 0 { throw IOError(.invalidArgument) }
        return try adopt(try kernel.acquire(resource), connection: .unconnected)
    }

    @inlinable mutating func acquire(pair: PairedResource) throws(IOError) -> HandlePair {
        let native = try kernel.acquire(pair: pair)
        let first: Handle
        do throws(IOError) {
            first = try adopt(native.first, connection: .connected)
        } catch {
            kernel.discard(native.second)
            throw error
        }
        do throws(IOError) {
            return HandlePair(first: first, second: try adopt(native.second, connection: .connected))
        } catch {
            handles.remove(Int32(bitPattern: first.index))
            kernel.discard(native.first)
            throw error
        }
    }

    @inlinable func localAddress(of handle: Handle) throws(IOError) -> SocketAddress {
        let index = handles.index(of: handle)
        if index == Slot.none { throw IOError(.badHandle) }
        switch handles[index].native.kind {
        case .stream, .listener: return try kernel.localAddress(of: handles[index].native)
        case .file, .directory, .pipe: throw IOError(.wrongKind)
        }
    }

    @inlinable mutating func adopt(_ native: NativeHandle, connection: HandleRecord.Connection) throws(IOError) -> Handle {
        let index = handles.hasRoom ? handles.insert(native, connection: connection) : Slot.none
        if let handle = handles.handle(at: index) { return handle }
        kernel.discard(native)
        throw IOError(.tooManyOpen)
    }
}
