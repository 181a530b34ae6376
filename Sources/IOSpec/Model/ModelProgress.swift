// How far an operation can have come that has changed nothing yet.

/// One of the states that an operation in flight can be in, in a possible world. An operation keeps all that it can have been in: names are looked up one after the
/// other, and what was found is asked later than it was found.
enum ModelProgress: Hashable, Sendable {
    /// A path is being followed; behind the first one of two, what that led to.
    case walking(ModelWalk, first: ModelName?)
    /// What the path names is known.
    case found(node: Int)
    /// All but the last components is known.
    case placed(ModelName, first: ModelName?)
    /// It fails.
    case failed(IOError.Cause)
    /// It has opened what was there.
    case opened(node: Int)
    /// The file had this size meanwhile.
    case size(Int64)
    /// The status was this meanwhile.
    case status(Observation.SymbolicStatus, knowsPermissions: Bool)
    /// The directory had these names meanwhile.
    case names([[UInt8]: FileStatus.Kind])
    case target([UInt8])
    /// It is done, and there was nothing to change.
    case done
}
