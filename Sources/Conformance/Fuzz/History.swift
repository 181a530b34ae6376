// What a program does with a backend, from beginning to end, as data.

public import IOSpec

/// The steps of a program that are the same on every backend, so that they can be generated, replayed and shrunk.
public struct History: Hashable, Sendable {
    /// What every choice of a simulated backend follows from while it carries the history out.
    public var seed: UInt64
    /// The steps, in their order.
    public var steps: [HistoryStep]

    /// A history.
    public init(seed: UInt64, steps: [HistoryStep]) {
        self.seed = seed
        self.steps = steps
    }

    /// The operations, in the order of their numbers, which begin with 1.
    public var operations: [SymbolicOperation] {
        steps.compactMap { if case .submit(let operation, _, _, _) = $0 { operation } else { nil } }
    }

    /// Whether everything has come to rest before each step that begins or ends something, and nothing has a deadline: then neither an order nor a race is left
    /// open, and every backend must say the same.
    public var isSettled: Bool {
        var isAtRest = true
        for step in steps {
            switch step {
            case .submit(_, let deadline, let isLinked, _):
                if deadline != nil || !isAtRest && !isLinked { return false }
                isAtRest = false
            case .cancel:
                if !isAtRest { return false }
                isAtRest = false
            case .settle: isAtRest = true
            case .acquire, .giveBack, .register, .registerMemory, .turn: break
            }
        }
        return true
    }

    /// The steps whose places `isKept` accepts, as a whole program: what needs a handle that is not made any more goes, too, and operations have new numbers.
    func filtered(_ isKept: (Int) -> Bool = { _ in true }) -> History {
        var numbers: [Int: Int] = [:]
        var number = 0
        var made: Set<Symbol> = []
        var kept: [HistoryStep] = []
        for (place, step) in steps.enumerated() {
            if case .submit = step { number += 1 }
            guard isKept(place), step.uses.allSatisfy(made.contains) else { continue }
            switch step {
            case .submit(let operation, let deadline, let isLinked, let isBarrier):
                numbers[number] = numbers.count + 1
                let isLinked = isLinked && kept.last?.isSubmission == true
                kept.append(.submit(operation, deadline: deadline, isLinked: isLinked, isBarrier: isBarrier && !isLinked))
            case .cancel(let target):
                guard let target = numbers[target] else { continue }
                kept.append(.cancel(target))
            case .acquire, .giveBack, .register, .registerMemory, .turn, .settle: kept.append(step)
            }
            made.formUnion(step.makes)
        }
        return History(seed: seed, steps: kept)
    }
}

extension HistoryStep {
    /// The handles that the step makes.
    var makes: [Symbol] {
        switch self {
        case .acquire(_, let symbols): symbols
        case .submit(let operation, _, _, _): operation.makes
        case .giveBack, .register, .registerMemory, .cancel, .turn, .settle: []
        }
    }

    /// The handles that the step needs.
    var uses: [Symbol] {
        switch self {
        case .submit(let operation, _, _, _): operation.uses
        case .giveBack(let symbol), .register(let symbol): [symbol]
        case .acquire, .registerMemory, .cancel, .turn, .settle: []
        }
    }

    var isSubmission: Bool {
        if case .submit = self { true } else { false }
    }
}
