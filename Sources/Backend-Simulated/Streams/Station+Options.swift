// Options of what has some.

import IOSpec

extension Station {
    func attemptSetOption(_ option: SocketOption, _ value: Int32, _ flight: InFlight) -> Attempt {
        guard let thing = flight.thing, var options = thing.options, options.has(option) else { return .failed(.unsupported) }
        options.set(option, value)
        thing.options = options
        return .over(0)
    }

    func attemptOption(_ option: SocketOption, _ flight: InFlight) -> Attempt {
        guard let options = flight.thing?.options, options.has(option) else { return .failed(.unsupported) }
        return .over(options[option])
    }
}

extension Thing {
    /// The options of the thing; nil when it has none.
    var options: SocketOptions? {
        get {
            switch self {
            case .stream(let end): end.options
            case .listener(let listener): listener.options
            case .messages(let end): end.options
            case .file, .directory, .pipe: nil
            }
        }
        nonmutating set {
            guard let newValue else { return }
            switch self {
            case .stream(let end):
                end.options = newValue
                end.optionsChanged()
            case .listener(let listener): listener.options = newValue
            case .messages(let end):
                end.options = newValue
                end.sending.give()
            case .file, .directory, .pipe: return
            }
        }
    }
}
