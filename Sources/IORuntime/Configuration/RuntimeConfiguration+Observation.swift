// Who is told what a runtime does.

import Logging

extension RuntimeConfiguration {
    /// Begins the trace of operations, if there is to be one.
    func beginTrace() throws(StartFailure) -> OperationTrace? {
        guard let name = traceFile ?? variable("IOSPEC_TRACE") else { return nil }
        return try OperationTrace(writingTo: name)
    }

    /// Tells how the loops came to their backends: once for all that came to it in the same way.
    func log(_ reports: [BackendReport]) {
        let groups = Dictionary(grouping: reports.indices) { reports[$0].description }
        for (text, numbers) in groups.sorted(by: { $0.value[0] < $1.value[0] }) {
            let report = reports[numbers[0]]
            logger.log(
                level: report.failures.isEmpty ? .info : .warning, "\(text)",
                metadata: ["backend": "\(report.chosen ?? "none")", "source": "\(report.source.rawValue)", "loops": "\(numbers.count)"])
        }
    }
}
