// A socket in the file tree.

/// What a socket in the file tree leads to: whoever was bound there, or nobody any more.
final class SocketName {
    var owner: Thing?

    init(owner: Thing?) {
        self.owner = owner
    }
}
