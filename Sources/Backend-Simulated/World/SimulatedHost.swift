// One machine of a world.

/// A host: its file tree, and the names and ports that its programs listen at. Whoever has a host must keep its world.
public final class SimulatedHost {
    /// The name by which others know it.
    public let name: String
    /// Its place in the world; its internet address follows from it.
    let index: Int
    unowned let world: SimulatedWorld
    let tree: FileTree
    /// What is bound to internet ports and to local names outside the file tree.
    var names = BoundNames()
    /// The programs that live.
    var stations: [Station] = []
    /// Whether no program is given another handle.
    var refusesHandles = false

    init(name: String, index: Int, world: SimulatedWorld) {
        self.name = name
        self.index = index
        self.world = world
        tree = FileTree(world: world, device: UInt64(index + 1))
    }
}
