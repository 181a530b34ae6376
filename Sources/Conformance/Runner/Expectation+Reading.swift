// Expectations out of a file, each mistake in which is named with its line and field.

extension Expectation {
    /// A field of any name, so that one that is misspelt is seen: an `enviroment` must not widen an expectation silently.
    private struct AnyField: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        let known = CodingKeys.allCases.map(\.rawValue).sorted()
        for field in try decoder.container(keyedBy: AnyField.self).allKeys where !known.contains(field.stringValue) {
            throw WrongUse("there is no field “\(field.stringValue)”; there are \(known.joined(separator: ", "))")
        }
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        backend = try fields.decode(String.self, forKey: .backend)
        pattern = try fields.decode(String.self, forKey: .pattern)
        environment = try fields.decodeIfPresent([String: String].self, forKey: .environment) ?? [:]
        reason = try fields.decode(String.self, forKey: .reason)
        if reason.allSatisfy(\.isWhitespace) { throw WrongUse("reason is empty; say why the case fails") }
        for name in environment.keys.sorted() where !RunInformation.environmentNames.contains(name) {
            throw WrongUse(
                "there is no environment “\(name)”; there are \(RunInformation.environmentNames.joined(separator: ", "))")
        }
    }

    /// Reads the expectations of a file, a JSON array.
    ///
    /// - Throws: ``WrongUse`` that names the file, the line and what is wrong there.
    public static func read(from path: String) throws(WrongUse) -> [Expectation] {
        let bytes: [UInt8]
        do { bytes = try Native.contents(at: path) } catch { throw WrongUse("the expectations \(path) cannot be read: \(error)") }
        let syntax: JSONSyntax
        do { syntax = try JSONSyntax(checking: bytes) } catch { throw WrongUse("the expectations \(path) are not JSON: \(error)") }
        let entries = try decode([Entry].self, bytes, path)
        var expectations: [Expectation] = []
        for (entry, line) in zip(entries, syntax.elementLines) {
            do {
                expectations.append(try entry.outcome.get())
            } catch {
                throw WrongUse("\(path), entry from line \(line) on: \(JSON.words(for: error))")
            }
        }
        return expectations
    }

    private static func decode(_ type: [Entry].Type, _ bytes: [UInt8], _ path: String) throws(WrongUse) -> [Entry] {
        do {
            return try JSON.decode(type, from: bytes)
        } catch {
            throw WrongUse("the expectations \(path) are not a JSON array of objects")
        }
    }

    /// An entry or its mistake, so that the place of a wrong entry is not lost.
    private struct Entry: Decodable {
        let outcome: Result<Expectation, any Error>

        init(from decoder: any Decoder) throws {
            outcome = Result { try Expectation(from: decoder) }
        }
    }

    /// Checks that the expectation can speak about something.
    ///
    /// - Throws: ``WrongUse`` when no backend or no case matches: the declaration is stale.
    public func check(backends: [String], cases: [ConformanceCase]) throws(WrongUse) {
        if !backends.contains(where: { Selection.matches($0, backend) }) {
            throw WrongUse("the expectation of “\(pattern)” names the backend “\(backend)”; there are \(backends.joined(separator: ", "))")
        }
        if !cases.contains(where: { Selection.matches($0.id, pattern) }) {
            throw WrongUse("the expectation “\(pattern)” (\(reason)) matches no case; take it out, or correct it: --list names every case")
        }
    }
}
