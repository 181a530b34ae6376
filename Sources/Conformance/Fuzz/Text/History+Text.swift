// A history as a person reads it and `iospec fuzz --replay` takes it.

import IOSpec

extension History: CustomStringConvertible {
    /// One step a line, which ``HistoryReader`` reads.
    public var description: String {
        var number = 0
        let lines = steps.map { step in
            if step.isSubmission { number += 1 }
            return step.text(numbered: number)
        }
        return "seed \(seed)\n" + lines.map { "\($0)\n" }.joined()
    }
}

extension HistoryStep {
    /// The line of the step; `number` is that of an operation.
    func text(numbered number: Int) -> String {
        switch self {
        case .acquire(let resource, let symbols):
            "acquire \(resource.text)" + (symbols.isEmpty ? "" : " → " + symbols.map(\.text).joined(separator: " "))
        case .submit(let operation, let deadline, let isLinked, let isBarrier):
            "\(number): \(operation.text)" + (deadline.map { " deadline \($0)" } ?? "") + (isLinked ? " linked" : "")
                + (isBarrier ? " barrier" : "")
                + (operation.makes.isEmpty ? "" : " → " + operation.makes.map(\.text).joined(separator: " "))
        case .giveBack(let pool): "giveBack \(pool.text)"
        case .register(let handle): "register \(handle.text)"
        case .registerMemory(let count): "registerMemory count \(count)"
        case .cancel(let number): "cancel \(number)"
        case .turn: "turn"
        case .settle: "settle"
        }
    }
}

extension SymbolicResource {
    var text: String {
        switch self {
        case .root: "root"
        case .pair(let pair): "pair \(pair)"
        case .listener(let family, let backlog): "listener \(family) backlog \(backlog)"
        case .stream(let family): "stream \(family)"
        case .datagram(let family): "datagram \(family)"
        case .buffers(let count, let size): "buffers count \(count) size \(size)"
        case .namedPipe: "namedPipe"
        case .refused(let refused): "refused \(refused)"
        }
    }
}

extension Symbol {
    var text: String { "h\(index)" }
}
