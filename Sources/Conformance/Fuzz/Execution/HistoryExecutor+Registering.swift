// Registering handles and memory.

import IOSpec

extension HistoryExecutor {
    /// Registers a handle, and has the model judge what is said of that.
    func register(_ symbol: Symbol) throws {
        var failure: IOError.Cause?
        do {
            try context.register(handles[symbol] ?? .invalid)
        } catch let error as IOError {
            failure = error.cause
        }
        try model.register(symbol, failingWith: failure)
    }

    /// Registers memory that is lent from now on.
    func registerMemory(_ count: Int) throws {
        registered = try RegisteredMemory(count, of: context)
    }
}
