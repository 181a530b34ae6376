// Why a benchmark could not be run, although it was asked for rightly.

/// A problem of the machine or its set-up; the command ends with 1.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
