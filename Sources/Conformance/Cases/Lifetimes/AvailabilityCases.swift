// What can be had here, and how that is told.

import IOSpec

enum AvailabilityCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("availability.mechanism.published", proves: "availability.mechanism", requires: [.files, .pipes, .internetStreams])
        { c in
            for operation in try sampleOfEveryKind(c) {
                let isPublished = c.mechanism(of: operation.kind) != .unsupported
                let id = try c.submit(operation)
                try c.turn()
                c.cancel(id)
                let cause = try c.complete(id).error?.cause
                try c.expectEqual(cause != .unsupported, isPublished, "whether \(operation.kind) is supported")
            }
        },
        ConformanceCase("availability.mechanism.claims", proves: "availability.mechanism", title: "What is claimed has a mechanism") { c in
            for kind in OperationKind.allCases where c.capabilities.isSuperset(of: needs(of: kind)) {
                try c.expect(c.mechanism(of: kind) != .unsupported, "\(kind) has a mechanism, since the backend claims what it belongs to")
            }
        },
        ConformanceCase(
            "availability.mechanism.threads", proves: "availability.mechanism-holds",
            title: "What no worker does, as is published, needs no thread",
            requires: [.files, .internetStreams, .localStreams]
        ) { try needsNoThread($0) },
        ConformanceCase("availability.features", proves: "availability.probed", title: "What was probed for is told, each thing once") {
            c in
            let names = c.features.map(\.name)
            try c.expectEqual(Set(names).count, names.count, "the number of different features")
            try c.expect(!names.contains(""), "each feature has a name")
        },
        ConformanceCase("availability.configuration", proves: "availability.typed-reason") { c in
            let impossible: [BackendConfiguration] = [
                .init(operations: 0), .init(operations: -1), .init(operations: 1 << 20 + 1), .init(operations: .max), .init(handles: 0),
                .init(handles: .min), .init(workers: 0), .init(submissionQueue: 0), .init(completionQueue: -5),
            ]
            for configuration in impossible {
                let reason = try c.reasonNotToMake(configuration)
                try c.expectEqual(reason?.reason, .invalidConfiguration, "the reason why \(configuration) cannot be had")
            }
        },
        ConformanceCase("availability.smallest", proves: "availability.typed-reason", requires: .files) { c in
            try c.withAnotherBackend(.init(operations: 1, handles: 2, submissionQueue: 1, completionQueue: 1, workers: 1)) { other in
                let file = try other.file("f", contents: [1, 2, 3])
                try other.expectEqual(other.contents(of: file), [1, 2, 3], "the contents with the smallest configuration")
                let timer = try other.submit(.time(.timer(.never)))
                try other.expectQueueFull(.control(.nop))
                other.cancel(timer)
            }
        },
        ConformanceCase(
            "availability.out-of-descriptors", proves: "availability.typed-reason", requires: .nativeSystem, isolation: .childProcess
        ) { c in
            let open = try Native.openDescriptors()
            let lowestFree = (Int32(0)...).first { open[$0] == nil } ?? 0
            let reason = try Native.withLimit(.descriptors, UInt64(lowestFree)) { try c.reasonNotToMake(.init(operations: 16)) }
            guard let reason else { return c.informational("the backend needs no descriptor") }
            try c.expectEqual(reason.reason, .outOfLimits, "the reason without descriptors")
        },
        ConformanceCase(
            "availability.little-locked-memory", proves: "availability.typed-reason", requires: .nativeSystem, isolation: .childProcess
        ) { c in
            let reason = try Native.withLimit(.lockedMemory, 0) {
                try c.surroundings.asOrdinaryUser { try c.reasonNotToMake(.init(operations: 4096)) }
            }
            guard let reason else { return }
            try c.expectEqual(reason.reason, .outOfLimits, "the reason without memory that may be locked")
            try c.expect(!reason.remedy.isEmpty, "the reason says what to do")
        },
    ]

    /// A burst of each kind that no worker is said to do; its operations wait for a peer, or for nothing.
    private static func needsNoThread(_ c: CaseContext) throws {
        let file = try c.file("f", contents: Pattern.bytes(4096, seed: 1))
        // The contents are in memory from here on, and whatever thread that took is there.
        _ = try c.contents(of: file)
        try expectNoThread(c, .nop) { try (0..<32).map { _ in try c.submit(.control(.nop)) } }
        try expectNoThread(c, .read) {
            try (0..<32).map { _ in try c.submit(.file(.read(file, into: c.buffer(4096).region, at: 0))) }
        }
        try expectNoThread(c, .status) {
            try (0..<32).map { _ in
                try c.submit(.file(.status(file, into: c.buffer(MemoryLayout<FileStatus>.size).region)))
            }
        }
        let pairs = try (0..<32).map { _ in try c.streamPair() }
        let received = c.buffer(32)
        var receives: [OperationID] = []
        try expectNoThread(c, .receive) {
            receives = try pairs.enumerated().map { try c.submit(.stream(.receive($1.first, into: received.region($0, 1)))) }
            return []
        }
        try expectNoThread(c, .send) { try pairs.map { try c.submit(.stream(.send($0.second, from: c.buffer([1]).region))) } }
        try expectNoThread(c, .receive) { receives }
        let listener = try c.listener()
        let accepts = try (0..<8).map { _ in try c.submit(.stream(.accept(listener.handle))) }
        try expectNoThread(c, .accept) {
            try c.turn()
            return []
        }
        accepts.forEach(c.cancel)
        _ = try c.complete(accepts)
    }

    /// Checks that this process has no more threads after a burst than before, if the backend says that no worker does it.
    private static func expectNoThread(_ c: CaseContext, _ kind: OperationKind, _ burst: () throws -> [OperationID]) throws {
        let before = try Native.threads()
        let ids = try burst()
        try c.turn()
        var started = try Native.threads().subtracting(before)
        for completion in try c.complete(ids) { try c.expect(completion.error == nil, "\(kind) succeeds") }
        started.formUnion(try Native.threads().subtracting(before))
        let mechanism = c.mechanism(of: kind)
        if mechanism == .worker { return }
        if kind == .read || kind == .status { started = try workers(among: started, c) }
        try c.expectEqual(started.count, 0, "the number of threads that a burst of \(kind) started, which is published as \(mechanism),")
    }

    /// For files the kernel has threads of its own, which no backend can choose to do without. One takes its name only when it runs for the first time, and may be
    /// gone by now; a backend's worker is still there after two seconds and has another name.
    private static func workers(among threads: Set<Int32>, _ c: CaseContext) throws -> Set<Int32> {
        var workers = threads
        let end = c.after(milliseconds: 2000)
        while !workers.isEmpty, c.now < end {
            let present = try Native.threads()
            workers = workers.filter { present.contains($0) && !Native.isKernelWorker($0) }
            if !workers.isEmpty { try c.reap(until: c.after(milliseconds: 1)) }
        }
        return workers
    }

    private static func needs(of kind: OperationKind) -> Capabilities {
        switch kind {
        case .nop, .close, .timer: []
        case .open, .pathStatus, .readLink, .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory, .read, .write,
            .readVectored, .writeVectored, .append, .synchronize, .synchronizeData, .status, .truncate, .allocate, .punchHole, .advise,
            .setPermissions, .setTimes, .list:
            .files
        case .lock, .unlock: .locks
        case .receive, .receiveExactly, .receiveVectored, .receiveMultishot, .send, .sendVectored, .sendZeroCopy: .pipes
        case .splice: .splicing
        case .accept, .acceptMultishot, .connect, .shutDown, .setOption, .option: .internetStreams
        case .sendMessage, .receiveMessage: .localMessages
        case .readiness, .readinessMultishot: .pipes
        case .processEnd: .processes
        }
    }

    private static let messagesAndOptions: [OperationKind] = [
        .receiveExactly, .receiveVectored, .sendVectored, .setOption, .option, .sendMessage, .receiveMessage,
    ]

    /// One valid operation of each kind; those that wait for a peer are to be cancelled.
    private static func sampleOfEveryKind(_ c: CaseContext) throws -> [Operation] {
        let file = try c.file("f", contents: [1, 2, 3])
        let log = try c.open("log", [.appending, .creating])
        let pair = try c.connectedPair()
        let unconnected = try c.stream()
        let listener = try c.listener()
        let ofFile = c.operations(on: file).filter { $0.kind.isOfFiles && $0.kind != .append && $0.kind != .list }
        let ofDirectory = c.operations(on: try c.directory).filter { $0.kind.isOfPaths && $0.kind != .open || $0.kind == .list }
        let ofStream = c.operations(on: pair.client).filter { $0.kind == .send || $0.kind == .receive || $0.kind == .shutDown }
        return ofFile + ofDirectory + ofStream + [
            .control(.nop), .time(.timer(c.now)), .control(.close(try c.file("g"))), try c.opening("f", .reading),
            .file(.append(log, from: c.buffer([1]).region)), .stream(.accept(listener.handle)),
            .stream(.connect(unconnected, to: c.address(listener.address))),
            .stream(.acceptMultishot(listener.handle)), .stream(.receiveMultishot(try c.pipe().first, c.anyPool)),
            .stream(.sendZeroCopy(try c.pipe().second, from: c.buffer([1]).region)),
        ] + c.operations(on: pair.server).filter { messagesAndOptions.contains($0.kind) } + (try sampleOfWatches(c))
    }

    private static func sampleOfWatches(_ c: CaseContext) throws -> [Operation] {
        let (from, to) = (try c.pipe(), try c.pipe())
        var sample: [Operation] = [.watch(.readiness(from.first, .receiving)), .watch(.readinessMultishot(to.first, .receiving))]
        if c.capabilities.contains(.splicing) { sample.append(.stream(.splice(from: from.first, to: to.second, count: 1, at: 0))) }
        if c.capabilities.contains(.processes) { sample.append(.watch(.processEnd(try c.acquire(.process(number: c.shell("exit 0")))))) }
        return sample
    }
}

extension OperationKind {
    fileprivate var isOfFiles: Bool {
        rawValue >= OperationKind.read.rawValue && rawValue <= OperationKind.list.rawValue
    }

    fileprivate var isOfPaths: Bool {
        rawValue >= OperationKind.open.rawValue && rawValue <= OperationKind.removeDirectory.rawValue
    }
}
