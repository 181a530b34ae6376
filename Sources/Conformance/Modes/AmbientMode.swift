// The surroundings in which every case can be run again: what a program may find itself in without having asked for it.

/// The surroundings of a case. What a case proves must hold in each of them.
public enum AmbientMode: String, Codable, Sendable, CaseIterable {
    /// As the run finds them.
    case `default`
    /// A thousand signals a second interrupt the thread that drives the backend; their handler restarts no call.
    case signals
    /// Every backend is set up with one submission entry and two completion entries.
    case tinyQueues = "tiny-queues"
    /// The process may open ``freeDescriptors`` descriptors more than it has when its first case begins.
    case fewDescriptors = "few-descriptors"
    /// All threads of the process share one processor.
    case oneProcessor = "one-processor"
    /// Every descriptor has a number of at least ``lowestDescriptor``.
    case highDescriptors = "high-descriptors"
    /// Whatever a backend opens, accepts or acquires is set to be non-blocking behind its back.
    case nonBlocking = "non-blocking"
    /// The process belongs to a user without privileges, who may lock ``lockedMemory`` bytes.
    case unprivileged
    /// Every processor is kept busy.
    case busy

    /// The descriptors that ``fewDescriptors`` leaves.
    static var freeDescriptors: Int { 128 }
    /// The lowest number of a descriptor in ``highDescriptors``: more than a `select` of the C library can name.
    static var lowestDescriptor: Int32 { 1200 }
    /// The bytes that may be locked in ``unprivileged``: what the kernel grants to everybody by itself. All processes of the user share them.
    static var lockedMemory: UInt64 { 8 << 20 }

    /// The modes called `names`, each once and in their own order; `all` names every one, and no name stands for ``default``.
    ///
    /// - Throws: ``WrongUse`` for a name that does not exist.
    public static func named(_ names: [String]) throws(WrongUse) -> [AmbientMode] {
        if names.isEmpty { return [.default] }
        for name in names where name != "all" && AmbientMode(rawValue: name) == nil {
            throw WrongUse("there is no mode “\(name)”; there are \(allCases.map(\.rawValue).joined(separator: ", ")), and all")
        }
        return allCases.filter { names.contains($0.rawValue) || names.contains("all") }
    }

    /// Whether a case with `need` can tell nothing in these surroundings.
    func denies(_ need: CaseNeed) -> Bool {
        switch need {
        case .manyDescriptors: self == .fewDescriptors
        }
    }
}

// Reports of runs without modes have none to tell, and were made in the default one.
extension KeyedDecodingContainer {
    func decode(_ type: AmbientMode.Type, forKey key: Key) throws -> AmbientMode {
        try decodeIfPresent(type, forKey: key) ?? .default
    }

    func decode(_ type: [AmbientMode].Type, forKey key: Key) throws -> [AmbientMode] {
        try decodeIfPresent(type, forKey: key) ?? [.default]
    }
}
