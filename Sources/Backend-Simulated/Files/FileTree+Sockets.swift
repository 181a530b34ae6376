// Sockets that are bound to names in the file tree.

import IOSpec

extension FileTree {
    /// Makes a socket at an absolute name. Throws `.addressInUse` when the name exists, and what resolving throws.
    func bind(_ owner: Thing, at name: [UInt8]) throws(IOError) -> SocketName {
        var walk = PathWalk(in: self)
        let socket = SocketName(owner: owner)
        do throws(IOError) {
            try make(.socket(socket), permissions: 0o777, at: walk.place(name))
        } catch {
            throw error.cause == .alreadyExists ? IOError(.addressInUse) : error
        }
        return socket
    }

    /// Who is bound at an absolute name; throws `.notFound`, `.connectionRefused` when it is no socket or nobody is there any more.
    func owner(at name: [UInt8]) throws(IOError) -> Thing {
        var walk = PathWalk(in: self)
        guard case .socket(let socket) = try walk.find(name).contents, let owner = socket.owner else {
            throw IOError(.connectionRefused)
        }
        return owner
    }
}
