// Where an operation keeps its order.

/// One half of a handle, or its lock: what goes through it takes effect in the order of its submission.
struct ModelPlace: Hashable, Sendable {
    enum Half: Hashable, Sendable { case receiving, sending, locking }

    let handle: Int
    let half: Half

    /// The halves that `operation` goes through, on handles that it has a meaning for.
    ///
    /// - Parameter isFile: Whether a handle is one of a file, which has positions in place of an order.
    static func places(of operation: SymbolicOperation, isMessage: Bool, isFile: (Symbol) -> Bool) -> [ModelPlace] {
        switch operation {
        case .receive(let handle, let count, _), .receiveExactly(let handle, let count):
            count == 0 ? [] : [ModelPlace(handle: handle.index, half: .receiving)]
        case .send(let handle, let payload, _), .sendZeroCopy(let handle, let payload):
            payload.count == 0 ? [] : [ModelPlace(handle: handle.index, half: .sending)]
        case .splice(let source, let target, let count, _):
            count == 0
                ? []
                : (isFile(source) ? [] : [ModelPlace(handle: source.index, half: .receiving)])
                    + (isFile(target) ? [] : [ModelPlace(handle: target.index, half: .sending)])
        case .accept(let handle, _), .acceptMultishot(let handle, _), .receiveMultishot(let handle, _):
            [ModelPlace(handle: handle.index, half: .receiving)]
        case .lock(let handle, _), .unlock(let handle): [ModelPlace(handle: handle.index, half: .locking)]
        case .connect(let handle, _): [ModelPlace(handle: handle.index, half: .sending)]
        case .shutDown(let handle, let direction):
            direction == .receiving ? [] : [ModelPlace(handle: handle.index, half: .sending)]
        case .passHandles(_, _, let handle): [ModelPlace(handle: handle.index, half: .sending)]
        case .receiveHandles(let handle, _, _): [ModelPlace(handle: handle.index, half: .receiving)]
        case .sendMessage(let handle, let payload, _):
            payload.count == 0 && !isMessage ? [] : [ModelPlace(handle: handle.index, half: .sending)]
        case .receiveMessage(let handle, let count):
            count == 0 && !isMessage ? [] : [ModelPlace(handle: handle.index, half: .receiving)]
        default: []
        }
    }
}
