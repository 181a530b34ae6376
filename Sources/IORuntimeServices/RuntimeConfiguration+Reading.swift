// A runtime's configuration, from a configuration reader.

public import Configuration
public import IORuntime
import IOSpec

extension RuntimeConfiguration {
    /// Reads what a runtime can be told by a configuration: the keys `backend` (a name of ``IORuntime/BackendChoice/names``), `loops`, `operations` (how many may be in flight on each
    /// loop), `handles`, and `trace.file`. Whatever is missing stays as it is by default. Scope the reader to where your program keeps them:
    /// `try RuntimeConfiguration(reading: config.scoped(to: "io"))`.
    ///
    /// A backend that the program's code or the environment variable `IOSPEC_BACKEND` asks for counts before the one that is read.
    ///
    /// - Throws: ``InvalidConfiguration`` when a value is no number where one is needed. A name of no backend, and numbers out of their ranges, are told when the runtime starts.
    public init(reading reader: ConfigReader) throws(InvalidConfiguration) {
        self.init()
        configuredBackend = reader.string(forKey: "backend")
        traceFile = reader.string(forKey: "trace.file")
        loops = try reader.number(forKey: "loops")
        if let operations = try reader.number(forKey: "operations") { size.operations = operations }
        if let handles = try reader.number(forKey: "handles") { size.handles = handles }
    }
}

extension ConfigReader {
    /// A number; nil when there is none.
    fileprivate func number(forKey key: ConfigKey) throws(InvalidConfiguration) -> Int? {
        if let number = int(forKey: key) { return number }
        let text = string(forKey: key) ?? double(forKey: key).map { "\($0)" } ?? bool(forKey: key).map { "\($0)" }
        if let text { throw InvalidConfiguration(key: "\(key)", value: text) }
        return nil
    }
}
