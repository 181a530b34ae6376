// How a child takes on the surroundings of its mode, before its first case and for good.

import Glibc
import IOSpec

extension AmbientMode {
    /// Gives this process the surroundings; what the runner or the factory of the backend sees to needs nothing here.
    ///
    /// - Throws: ``Skip`` when this process cannot have them, or ``HarnessProblem`` when the suite fails to bring them about.
    func enter() throws {
        switch self {
        case .default, .tinyQueues, .nonBlocking, .busy: break
        case .signals: try Native.interruptThisThread(everyMicroseconds: 1000)
        case .fewDescriptors: try leaveFewDescriptors()
        case .oneProcessor: try Native.confineToOneProcessor()
        case .highDescriptors: try occupyLowDescriptors()
        case .unprivileged: try giveUpPrivileges()
        }
    }

    /// The backends of `factory` in these surroundings.
    ///
    /// - Throws: ``Skip`` when they cannot be put there.
    func surround(_ factory: BackendFactory) throws -> BackendFactory {
        switch self {
        case .default, .signals, .fewDescriptors, .oneProcessor, .highDescriptors, .unprivileged, .busy: return factory
        case .tinyQueues:
            return BackendFactory(name: factory.name) { (configuration) throws(Unavailability) in
                var tiny = configuration
                tiny.submissionQueue = min(configuration.submissionQueue, 1)
                tiny.completionQueue = min(configuration.completionQueue, 2)
                return try factory.make(tiny)
            }.surrounded(by: factory.surroundings)
        case .nonBlocking:
            if let surrounded = factory.nonBlocking { return surrounded }
            throw Skip(reason: .mode(self, "the descriptors of \(factory.name) are not known, because it has an engine of its own"))
        }
    }

    /// Why `conformanceCase` can tell nothing here.
    func hindrance(to conformanceCase: ConformanceCase) -> Skip? {
        let denied = conformanceCase.needs.filter(denies).map(\.description).sorted()
        return denied.isEmpty ? nil : Skip(reason: .mode(self, "the case needs \(denied.joined(separator: ", "))"))
    }

    private func leaveFewDescriptors() throws {
        let next = (try Native.openDescriptors().keys.max() ?? 0) + 1
        // Whoever started the run may have left a gap among the numbers, which the limit does not count.
        try Native.occupyDescriptors(below: next)
        try Native.lowerLimit(.descriptors, to: UInt64(next) + UInt64(Self.freeDescriptors))
    }

    private func occupyLowDescriptors() throws {
        let limit = try Native.limit(.descriptors).soft
        let needed = UInt64(Self.lowestDescriptor) + 1024
        if limit < needed {
            throw Skip(reason: .mode(self, "the limit on descriptors is \(limit), and must be at least \(needed)"))
        }
        try Native.occupyDescriptors(below: Self.lowestDescriptor)
    }

    private func giveUpPrivileges() throws {
        try Native.lowerLimit(.lockedMemory, to: Self.lockedMemory, forGood: true)
        try Native.becomeOrdinaryUser()
        let scratch = ScratchDirectory.parent
        if unsafe access(scratch, W_OK | X_OK) == 0 { return }
        throw Skip(reason: .mode(self, "an ordinary user cannot use \(scratch): \(Native.describe(errno))"))
    }
}
