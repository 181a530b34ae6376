// Operations that only wait.

import IOSpec

extension Station {
    func attempt(_ operation: WatchOperation, _ flight: InFlight) -> Attempt {
        guard let thing = flight.thing else { return .failed(.badHandle) }
        if thing.isAlwaysReady, !operation.asksForTransfers { return .failed(.unsupported) }
        return switch operation {
        case .readiness(_, let asked): attemptReadiness(of: thing, asked)
        case .readinessMultishot(_, let asked): attemptReadinessMultishot(of: thing, asked, flight)
        // There is no system outside that could have processes.
        case .processEnd: .failed(.unsupported)
        }
    }

    private func attemptReadiness(of thing: Thing, _ asked: Readiness) -> Attempt {
        if thing.isAlwaysReady { return .over(Int32(asked.intersection([.receiving, .sending]).rawValue)) }
        let description = thing.description
        let present = description.readiness.intersection(asked.union(.unasked))
        if present.isEmpty { return .waits(description.receiving, description.sending) }
        return .over(Int32(present.rawValue))
    }

    /// Tells what the thing is ready for when the wait begins, and after each change to it what it is ready for by that change. A change that was undone before
    /// anybody looked is no news.
    private func attemptReadinessMultishot(of thing: Thing, _ asked: Readiness, _ flight: InFlight) -> Attempt {
        let description = thing.description
        let seen = flight.seen
        flight.seen = SeenChanges(receiving: description.receiving.count, sending: description.sending.count)
        let news = thing.isAlwaysReady ? newsOfAlwaysReady(seen) : description.news(since: seen)
        if let told = news?.intersection(asked.union(.unasked)), !told.isEmpty || thing.isAlwaysReady {
            return .tells(Int32(told.rawValue), description.receiving, description.sending)
        }
        return .waits(description.receiving, description.sending)
    }

    private func newsOfAlwaysReady(_ seen: SeenChanges?) -> Readiness? { seen == nil ? [.receiving, .sending] : nil }
}

/// How many changes of a thing a lasting wait has looked at.
struct SeenChanges {
    let receiving: Int
    let sending: Int
}

extension Description {
    /// What it is ready for, of what may have changed since.
    fileprivate func news(since seen: SeenChanges?) -> Readiness {
        guard let seen else { return readiness }
        var changed: Readiness = []
        if receiving.count != seen.receiving { changed.formUnion([.receiving, .peerFinished, .failed, .hangUp]) }
        if sending.count != seen.sending { changed.formUnion([.sending, .failed, .hangUp]) }
        return readiness.intersection(changed)
    }
}

extension Thing {
    /// Whether it never makes anybody wait.
    fileprivate var isAlwaysReady: Bool {
        switch self {
        case .file, .directory: true
        case .pipe, .stream, .listener, .messages: false
        }
    }
}

extension WatchOperation {
    /// Whether it waits for receiving or sending, which is all that a file can be ready for.
    fileprivate var asksForTransfers: Bool {
        switch self {
        case .readiness(_, let asked), .readinessMultishot(_, let asked): !asked.isDisjoint(with: [.receiving, .sending])
        case .processEnd: false
        }
    }
}

extension Readiness {
    /// What is told although nobody asks for it.
    fileprivate static var unasked: Readiness { [.failed, .hangUp] }
}
