// A report out of the file that an earlier run wrote.

extension RunReport {
    /// The version that ``schemaVersion`` has in reports of this version.
    public static var currentVersion: Int { 1 }

    /// Enough to tell whether the rest can be read.
    private struct Head: Decodable {
        var schemaVersion: Int
    }

    /// Reads a report.
    ///
    /// - Throws: ``ReportProblem`` that names the file and the cause.
    public static func read(from path: String) throws(ReportProblem) -> RunReport {
        let bytes: [UInt8]
        do { bytes = try Native.contents(at: path) } catch { throw .unreadable(path: path, reason: "\(error)") }
        do { _ = try JSONSyntax(checking: bytes) } catch { throw .foreign(path: path, reason: "not JSON: \(error)") }
        let head = try decode(Head.self, bytes, path)
        if head.schemaVersion != currentVersion { throw .version(path: path, found: head.schemaVersion, known: currentVersion) }
        return try decode(RunReport.self, bytes, path)
    }

    private static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8], _ path: String) throws(ReportProblem) -> Value {
        do {
            return try JSON.decode(type, from: bytes)
        } catch {
            throw .foreign(path: path, reason: JSON.words(for: error))
        }
    }
}
