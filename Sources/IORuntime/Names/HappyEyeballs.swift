// Connecting to whichever address of a host answers first.

import IOSpec

/// One race for a connection, as RFC 8305 has it: the addresses are tried one after the other, the next one a quarter of a second later or when the last one has failed. The first
/// connection wins; the others are cancelled, and closed if they came about all the same.
struct HappyEyeballs {
    /// How long an address is alone before the next one is tried, too.
    static var stagger: Duration { .milliseconds(250) }

    private enum Event {
        case connected(Stream)
        case failed(IOFailure)
        /// The time of the attempt of that number is over.
        case time(Int)
    }

    private let addresses: [SocketAddress]
    private let loop: EventLoop

    /// Takes turns between the families, beginning with that of the first address.
    init(_ addresses: [SocketAddress], on loop: EventLoop) {
        let first = addresses.filter { $0.family == addresses[0].family }
        let others = addresses.filter { $0.family != addresses[0].family }
        let both = min(first.count, others.count)
        self.addresses = zip(first, others).flatMap { [$0, $1] } + first.dropFirst(both) + others.dropFirst(both)
        self.loop = loop
    }

    /// - Throws: the failure of the first address that failed, when all of them have; `.cancelled` when the task was cancelled before.
    func connect() async throws(IOFailure) -> Stream {
        let result = await withTaskGroup(of: Event.self) { group -> Result<Stream, IOFailure> in
            var attempts = 0
            var failures: [IOFailure] = []
            start(&attempts, in: &group)
            while let event = await group.next() {
                switch event {
                case .connected(let stream):
                    await end(&group)
                    return .success(stream)
                case .failed(let failure):
                    failures.append(failure)
                    if failures.count == addresses.count || failure.cause == .cancelled {
                        await end(&group)
                        return .failure(failure.cause == .cancelled ? failure : failures[0])
                    }
                    if attempts < addresses.count { start(&attempts, in: &group) }
                case .time(let attempt):
                    // The time of an attempt that has failed means nothing any more.
                    if attempt == attempts, attempts < addresses.count { start(&attempts, in: &group) }
                }
            }
            return .failure(failures.first ?? IOFailure(IOError(.notFound), .connect))
        }
        return try result.get()
    }

    private func start(_ attempts: inout Int, in group: inout TaskGroup<Event>) {
        let address = addresses[attempts]
        attempts += 1
        let number = attempts
        group.addTask(executorPreference: loop) { [loop] in
            do throws(IOFailure) { return .connected(try await Stream.connect(to: address, on: loop)) } catch { return .failed(error) }
        }
        if number == addresses.count { return }
        group.addTask(executorPreference: loop) { [loop] in
            try? await loop.sleep(for: Self.stagger)
            return .time(number)
        }
    }

    /// Ends what is still under way; a connection that came too late is closed.
    private func end(_ group: inout TaskGroup<Event>) async {
        group.cancelAll()
        while let event = await group.next() {
            if case .connected(let stream) = event { try? await stream.close() }
        }
    }
}
