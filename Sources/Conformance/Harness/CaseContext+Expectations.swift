// Expectations: each throws a failure that says what was expected and what was seen.

public import IOSpec

extension CaseContext {
    /// Checks a condition; `message` says what must be true.
    public func expect(_ condition: Bool, _ message: @autoclosure () -> String, clause: String? = nil) throws {
        if condition { return }
        throw CaseFailure("expected that \(message())", clause: clause)
    }

    /// Checks that `seen` equals `expected`; `what` says what of.
    public func expectEqual<Value: Equatable>(
        _ seen: Value, _ expected: Value, _ what: @autoclosure () -> String, clause: String? = nil
    ) throws {
        if seen == expected { return }
        throw CaseFailure("\(what()) is \(describe(seen)), expected \(describe(expected))", clause: clause)
    }

    /// Checks that two runs of bytes are equal, and names the first position where they are not.
    public func expectEqual(_ seen: [UInt8], _ expected: [UInt8], _ what: @autoclosure () -> String, clause: String? = nil) throws {
        if seen == expected { return }
        guard seen.count == expected.count else {
            throw CaseFailure("\(what()): \(seen.count) bytes, expected \(expected.count)", clause: clause)
        }
        let position = seen.indices.first { seen[$0] != expected[$0] } ?? 0
        throw CaseFailure(
            "\(what()): byte \(position) of \(seen.count) is \(seen[position]), expected \(expected[position])", clause: clause)
    }

    /// Checks that an operation failed with `cause`.
    public func expect(
        _ completion: Completion, failsWith cause: IOError.Cause, _ what: @autoclosure () -> String = "the operation", clause: String? = nil
    ) throws {
        if completion.error?.cause == cause { return }
        throw CaseFailure("\(what()) must fail with \(cause), and \(describe(completion))", clause: clause)
    }

    /// Checks that an operation failed with one of `causes`.
    public func expect(
        _ completion: Completion, failsWithOneOf causes: [IOError.Cause], _ what: @autoclosure () -> String = "the operation",
        clause: String? = nil
    ) throws {
        if let cause = completion.error?.cause, causes.contains(cause) { return }
        let names = causes.map { "\($0)" }.joined(separator: " or ")
        throw CaseFailure("\(what()) must fail with \(names), and \(describe(completion))", clause: clause)
    }

    /// Checks that an operation succeeded with exactly `count`.
    public func expect(
        _ completion: Completion, moves count: Int, _ what: @autoclosure () -> String = "the operation", clause: String? = nil
    ) throws {
        if completion.error == nil, Int(completion.result) == count { return }
        throw CaseFailure("\(what()) must succeed with \(count), and \(describe(completion))", clause: clause)
    }

    /// Leaves the case out.
    public func skip(_ reason: SkipReason, _ text: String = "") throws -> Never {
        throw Skip(reason: reason, text)
    }

    // MARK: Words

    /// An error in words, with the native number when there is one.
    public func describe(_ error: IOError) -> String {
        error.detail == 0 ? "\(error.cause)" : "\(error.cause) (native \(error.detail))"
    }

    /// A completion in words: what the operation did.
    public func describe(_ completion: Completion) -> String {
        completion.error.map { "failed with \(describe($0))" } ?? "succeeded with \(completion.result)"
    }

    /// An identity in words: the operation, and where it is.
    public func describe(_ id: OperationID) -> String {
        "\(kinds[id].map { "\($0)" } ?? "an operation") (number \(id.generation) in slot \(id.slot))"
    }

    /// An operation in words: its kind.
    public func describe(_ operation: Operation) -> String { "\(operation.kind)" }

    private func describe(_ value: some Equatable) -> String {
        switch value {
        case let completion as Completion: describe(completion)
        case let error as IOError: describe(error)
        case let ids as any Collection<OperationID>: "operations in the slots \(ids.map { "\($0.slot)" }.joined(separator: " "))"
        case let text as String: "“\(text)”"
        default: "\(value)"
        }
    }
}
