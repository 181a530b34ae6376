// The probe of each kind of operation. A kind that is added to the specification gets its line here.

import IOSpec

extension MechanismProbe {
    /// The probe of `kind`. Without a `default`, so that no kind is left out.
    init(of kind: OperationKind) {
        self =
            switch kind {
            case .nop: one([], []) { _ in .control(.nop) }
            case .close: one(.files, [.close, .closeRange]) { c in .control(.close(try c.file("f"))) }
            case .timer: one([], clocks) { c in .time(.timer(c.after(milliseconds: 2))) }

            case .open: MechanismProbe([.files, .namedPipes], [.open, .openat, .openat2, .creat], Self.opens)
            case .pathStatus: one(.files, statuses) { c in .path(try Self.pathStatus(c)) }
            case .readLink: one(.files, [.readlink, .readlinkat]) { c in .path(try Self.readLink(c)) }
            case .symbolicLink: one(.files, [.symlink, .symlinkat]) { c in .path(try Self.symbolicLink(c)) }
            case .hardLink: one(.files, [.link, .linkat]) { c in .path(try Self.hardLink(c)) }
            case .rename: one(.files, [.rename, .renameat, .renameat2]) { c in .path(try Self.rename(c)) }
            case .unlink: one(.files, [.unlink, .unlinkat]) { c in .path(try Self.unlink(c)) }
            case .makeDirectory: one(.files, [.mkdir, .mkdirat]) { c in .path(try Self.makeDirectory(c)) }
            case .removeDirectory: one(.files, [.rmdir, .unlinkat]) { c in .path(try Self.removeDirectory(c)) }

            case .read: MechanismProbe(.files, reads) { c in try Self.readings(c) { .read($0, into: $1, at: 0) } }
            case .readVectored:
                MechanismProbe(.files, reads) { c in try Self.readings(c) { .readVectored($0, into: c.segments([$1]), at: 0) } }
            case .write: one(.files, writes) { c in .file(.write(try Self.file(c), from: c.buffer(64).region, at: 0)) }
            case .writeVectored:
                one(.files, writes) { c in .file(.writeVectored(try Self.file(c), from: c.segments([c.buffer(64).region]), at: 0)) }
            case .append: one(.files, writes) { c in .file(.append(try Self.log(c), from: c.buffer(64).region)) }
            case .synchronize: one(.files, synchronizations) { c in .file(.synchronize(try Self.file(c))) }
            case .synchronizeData: one(.files, synchronizations) { c in .file(.synchronizeData(try Self.file(c))) }
            case .status:
                one(.files, statuses) { c in .file(.status(try Self.file(c), into: c.buffer(MemoryLayout<FileStatus>.size).region)) }
            case .truncate: one(.files, [.truncate, .ftruncate]) { c in .file(.truncate(try Self.file(c), to: 1)) }
            case .allocate: one(.files, [.fallocate]) { c in .file(.allocate(try Self.file(c), at: 0, count: 4096, keepsSize: false)) }
            case .punchHole: one(.files, [.fallocate]) { c in .file(.punchHole(try Self.file(c), at: 0, count: 1)) }
            case .advise: MechanismProbe(.files, [.fadvise64, .readahead], Self.advices)
            case .setPermissions:
                one(.files, [.chmod, .fchmod, .fchmodat, .fchmodat2]) { c in .file(.setPermissions(try Self.file(c), 0o600)) }
            case .setTimes: one(.files, times) { c in .file(.setTimes(try Self.file(c), access: .now, modification: .now)) }
            case .lock: MechanismProbe(.locks, [.flock, .fcntl], Self.locks)
            case .unlock: one(.locks, [.flock, .fcntl]) { c in .file(.unlock(try Self.locked(c))) }
            case .list: one(.files, [.getdents, .getdents64]) { c in .file(.list(try c.directory, into: c.buffer(1024).region, after: 0)) }

            case .receive: MechanismProbe(.pipes, receptions) { c in try Self.receives(c) { .receive($0, into: $1) } }
            case .receiveExactly: MechanismProbe(.pipes, receptions) { c in try Self.receives(c) { .receiveExactly($0, into: $1) } }
            case .receiveVectored:
                MechanismProbe(.pipes, receptions) { c in try Self.receives(c) { .receiveVectored($0, into: c.segments([$1])) } }
            case .receiveMultishot: MechanismProbe(.pipes, receptions, Self.multishotReceive)
            case .send: MechanismProbe(.pipes, sendings) { c in try Self.sends(c) { .send($0, from: $1) } }
            case .sendVectored: MechanismProbe(.pipes, sendings) { c in try Self.sends(c) { .sendVectored($0, from: c.segments([$1])) } }
            case .sendZeroCopy: MechanismProbe(.pipes, sendings) { c in try Self.sends(c) { .sendZeroCopy($0, from: $1) } }
            case .splice: MechanismProbe([.splicing, .pipes, .files, .localStreams], receptions.union(sendings), Self.splices)
            case .accept: MechanismProbe(.internetStreams, [.accept, .accept4], Self.accept)
            case .acceptMultishot: MechanismProbe(.internetStreams, [.accept, .accept4], Self.multishotAccept)
            case .connect: MechanismProbe([.internetStreams, .localStreams], [.connect], Self.connects)
            case .shutDown: one(.internetStreams, [.shutdown]) { c in .stream(.shutDown(try c.connectedPair().client, .both)) }
            case .setOption: one(.internetStreams, [.setsockopt]) { c in .stream(.setOption(try c.stream(), .keepAlive, 1)) }
            case .option: one(.internetStreams, [.getsockopt]) { c in .stream(.option(try c.stream(), .keepAlive)) }

            case .sendMessage: MechanismProbe(.localMessages, sendings, Self.messageSends)
            case .receiveMessage: MechanismProbe(.localMessages, receptions, Self.messageReceive)
            // What waits for readiness makes no other call than those that tell it.
            case .readiness: MechanismProbe(.pipes, [], Self.readiness)
            case .readinessMultishot: MechanismProbe(.pipes, [], Self.multishotReadiness)
            case .processEnd: one(.processes, [.waitid]) { c in .watch(.processEnd(try Self.child(c))) }
            }
    }
}

/// A probe with one operation, which waits for nothing or for the clock.
private func one(
    _ requires: Capabilities, _ calls: Set<SystemCall>, _ operation: @escaping @Sendable (CaseContext) throws -> Operation
) -> MechanismProbe {
    MechanismProbe(requires, calls) { c in [.ready(try operation(c))] }
}

private let reads: Set<SystemCall> = [.read, .readv, .pread64, .preadv, .preadv2]
private let writes: Set<SystemCall> = [.write, .writev, .pwrite64, .pwritev, .pwritev2]
private let receptions = reads.union([.recvfrom, .recvmsg, .recvmmsg, .splice])
private let sendings = writes.union([.sendto, .sendmsg, .sendmmsg, .splice])
private let statuses: Set<SystemCall> = [.stat, .fstat, .lstat, .newfstatat, .statx]
private let synchronizations: Set<SystemCall> = [.fsync, .fdatasync, .syncfs, .syncFileRange, .msync]
private let times: Set<SystemCall> = [.utime, .utimes, .futimesat, .utimensat]
private let clocks: Set<SystemCall> = [.nanosleep, .clockNanosleep, .timerfdSettime, .timerSettime, .setitimer, .alarm]
