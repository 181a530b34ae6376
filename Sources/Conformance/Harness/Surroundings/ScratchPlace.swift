// A directory in the surroundings of a backend.

/// A directory of a case's own, gone with the last reference to it.
public protocol ScratchPlace: AnyObject {
    /// Its absolute name.
    var path: String { get }
}
