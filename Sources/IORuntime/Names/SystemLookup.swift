// Asking the system's resolver without waiting for it on the loop.

import IOSpec
import LinuxSupport

/// The system's resolver, behind threads that wait for it.
enum SystemLookup {
    private typealias Answer = Result<[SocketAddress], IOError>

    private static let threads = Result<LookupThreads, IOError> { () throws(IOError) in try LookupThreads() }

    static func addresses(of host: String, _ port: UInt16) async throws(IOFailure) -> [SocketAddress] {
        do throws(IOError) { return try await ask(host, port).get() } catch { throw IOFailure(error, .connect, of: "\(host):\(port)") }
    }

    private static func ask(_ host: String, _ port: UInt16) async throws(IOError) -> Answer {
        let threads = try threads.get()
        let answer = try FirstAnswer<Answer>()
        try threads.submit {
            do throws(IOError) {
                answer.give(.success(try HostLookup.addresses(of: host, port: port, numericOnly: false)))
            } catch {
                answer.give(.failure(error))
            }
        }
        return await withTaskCancellationHandler {
            await answer.wait()
        } onCancel: {
            answer.give(.failure(IOError(.cancelled)))
        }
    }
}
