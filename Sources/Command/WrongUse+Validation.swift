// Wrong use ends with one clear line and the exit code of wrong usage.

import ArgumentParser
import Conformance

/// Runs `body`, turning the library's wrong use into the parser's, and an interruption into its exit code.
func reportingProblems<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let wrongUse as WrongUse {
        throw ValidationError("\(wrongUse).")
    } catch let problem as ReportProblem {
        throw ValidationError("\(problem).")
    } catch let interruption as Interruption.Requested {
        printError("interrupted; the children have ended")
        throw ExitCode(interruption.exitCode)
    } catch let problem as HarnessProblem {
        printError("Error: \(problem)")
        throw ExitCode.failure
    }
}
