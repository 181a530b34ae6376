// A remark of a case that did not fail.

/// What a case noted beside its verdict.
struct CaseNote: Sendable {
    enum Kind: Sendable {
        case informational
        case nonStrict
        /// What was counted or timed; the verdict stays what it is.
        case measurement
    }

    let kind: Kind
    let text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }
}
