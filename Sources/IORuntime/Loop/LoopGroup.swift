// The loops of one runtime.

/// Starts loops, and ends them.
final class LoopGroup: Sendable {
    let reports: [BackendReport]
    private let threads: [LoopThread]

    /// - Throws: why there is no backend for a loop; those that were started before are ended.
    init(_ configuration: RuntimeConfiguration) throws(StartFailure) {
        let (choice, source) = try configuration.chooseBackend()
        let candidates = choice.makeCandidates()
        let trace = try configuration.beginTrace()
        var threads: [LoopThread] = []
        var reports: [BackendReport] = []
        do throws(StartFailure) {
            for number in 0..<(try configuration.countLoops()) {
                let (thread, report) = try configuration.startLoop(
                    number, on: candidates, BackendReport(asked: choice.name, source: source), tracedTo: trace)
                threads.append(thread)
                reports.append(report)
            }
        } catch {
            for thread in threads { thread.shutDown() }
            throw error
        }
        self.threads = threads
        self.reports = reports
        configuration.log(reports)
    }

    var loops: [EventLoop] { threads.map(\.loop) }

    var first: EventLoop { threads[0].loop }

    /// Ends the loops, and returns when their threads are gone. Tasks that still run there go on elsewhere.
    func shutDown() async {
        for thread in threads { await thread.end() }
    }
}
