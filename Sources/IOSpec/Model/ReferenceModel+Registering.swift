// Judging what is said when a handle is registered.

extension ReferenceModel {
    /// A handle was registered, or could not be for a cause.
    ///
    /// - Throws: ``Refusal`` when the specification does not allow that.
    public func register(_ symbol: Symbol, failingWith cause: IOError.Cause?) throws(Refusal) {
        // Its close is over before that is told.
        let mayBeOpen = handles[symbol.index].map { $0.closeTime == nil } ?? false
        let isInUse = operations.values.contains { $0.handles.contains(symbol.index) }
        let isAllowed =
            switch cause {
            case nil: mayBeOpen
            case .badHandle: !mayBeOpen || !closes(of: symbol.index).isEmpty
            case .busy: isInUse
            case .outOfResources: mayBeOpen
            default: false
            }
        if isAllowed { return }
        throw Refusal(
            "register.handle", allowed: mayBeOpen ? "that the handle is registered, or busy with operations in flight" : "badHandle",
            seen: cause?.words ?? "success")
    }
}
