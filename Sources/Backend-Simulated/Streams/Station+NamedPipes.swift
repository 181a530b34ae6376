// Opening what has a name and is a pipe.

import IOSpec

extension Station {
    /// Opens one end, or both, of a named pipe. An end alone waits until the other one is open, or until somebody waits for it: then both are opened.
    func open(_ named: NamedPipe, _ options: OpenOptions, _ flight: InFlight) -> Attempt {
        let reads = options.contains(.reading)
        let writes = !options.isDisjoint(with: [.writing, .appending])
        if reads, !writes, named.pipe.writers.isEmpty, !named.writers.isAwaited { return .waits(named.readers) }
        if writes, !reads, named.pipe.readers.isEmpty, !named.readers.isAwaited { return .waits(named.writers) }
        guard hasRoomForHandle else { return .failed(.tooManyOpen) }
        return inserted(.pipe(PipeEnd(of: named.pipe, reads: reads, writes: writes)), .pipe) {
            if reads { named.writers.give() }
            if writes { named.readers.give() }
        }
    }

    /// Ends an attempt with the number of what it made.
    func inserted(_ thing: Thing, _ kind: HandleKind, then body: () -> Void = {}) -> Attempt {
        do throws(IOError) {
            let number = try insert(thing)
            body()
            return .over(number, made: kind)
        } catch {
            return .over(error.encoded)
        }
    }
}
