// From an operation of a history to one of the backend's: handles for symbols, memory for contents.

import IOSpec

extension HistoryExecutor {
    /// The operation, with all that is lent to it.
    func lower(_ symbolic: SymbolicOperation, numbered number: Int) throws -> RunningOperation {
        let before = context.buffers.count
        var one = try lowered(symbolic, number)
        one.lent = context.buffers[before...].map { LentRange(buffer: $0, range: 0..<$0.count) }
        // What lies in registered memory is no buffer of its own.
        if let memory = one.memory, memory.isRegistered { one.lent.append(memory.whole) }
        return one
    }

    private func lowered(_ symbolic: SymbolicOperation, _ number: Int) throws -> RunningOperation {
        func plain(_ operation: Operation) -> RunningOperation {
            RunningOperation(number: number, symbolic: symbolic, operation: operation)
        }
        let alignment = symbolic.uses.contains(where: directFiles.contains) ? LentMemory.directAlignment : nil
        func filling(_ count: Int, _ pieces: Int, _ operation: (LentMemory) -> Operation) -> RunningOperation {
            let memory = LentMemory(count, pieces: pieces, alignment: alignment, from: context, registered: registered)
            return RunningOperation(number: number, symbolic: symbolic, operation: operation(memory), memory: memory)
        }
        func sending(_ payload: Payload, _ pieces: Int, _ operation: (LentMemory) -> Operation) -> RunningOperation {
            let memory = LentMemory(payload.bytes, pieces: pieces, alignment: alignment, from: context, registered: registered)
            return RunningOperation(
                number: number, symbolic: symbolic, operation: operation(memory), memory: memory, sent: payload.bytes)
        }
        func recording(_ count: Int, _ operation: (CaseBuffer) -> Operation) -> RunningOperation {
            let record = context.buffer(count, filledWith: 0)
            return RunningOperation(number: number, symbolic: symbolic, operation: operation(record), record: record)
        }

        switch symbolic {
        case .nop: return plain(.control(.nop))
        case .close(let target): return plain(.control(.close(handle(target))))
        case .timer(let microseconds):
            let now = context.now
            let start = microseconds < 0 ? Instant(nanoseconds: 0) : now
            let instant = start.advanced(byNanoseconds: Int64(microseconds) * 1000)
            var timer = plain(.time(.timer(instant)))
            timer.due = Self.soon(instant, after: now) ?? timer.due
            return timer

        case .read(let file, let count, let offset, let pieces):
            return filling(count, pieces) { memory in
                pieces == 1
                    ? .file(.read(handle(file), into: memory.regions[0], at: offset))
                    : .file(.readVectored(handle(file), into: context.segments(memory.regions), at: offset))
            }
        case .write(let file, let payload, let offset, let pieces):
            return sending(payload, pieces) { memory in
                pieces == 1
                    ? .file(.write(handle(file), from: memory.regions[0], at: offset))
                    : .file(.writeVectored(handle(file), from: context.segments(memory.regions), at: offset))
            }
        case .append(let file, let payload): return sending(payload, 1) { .file(.append(handle(file), from: $0.regions[0])) }
        case .status(let file):
            return recording(MemoryLayout<FileStatus>.size) { .file(.status(handle(file), into: $0.region)) }
        case .list(let directory): return recording(8192) { .file(.list(handle(directory), into: $0.region, after: 0)) }
        case .truncate(let file, let size): return plain(.file(.truncate(handle(file), to: size)))
        case .allocate(let file, let offset, let count, let keepsSize):
            return plain(.file(.allocate(handle(file), at: offset, count: count, keepsSize: keepsSize)))
        case .punchHole(let file, let offset, let count): return plain(.file(.punchHole(handle(file), at: offset, count: count)))
        case .synchronize(let file, let dataOnly):
            return plain(.file(dataOnly ? .synchronizeData(handle(file)) : .synchronize(handle(file))))
        case .setPermissions(let file, let permissions): return plain(.file(.setPermissions(handle(file), permissions)))
        case .lock(let file, let mode): return plain(.file(.lock(handle(file), mode)))
        case .unlock(let file): return plain(.file(.unlock(handle(file))))

        case .pathStatus(let directory, let path, let followsLink):
            return recording(MemoryLayout<FileStatus>.size) {
                .path(.status(beneath: handle(directory), path: context.path(path), into: $0.region, followsLink: followsLink))
            }
        case .readLink(let directory, let path):
            return filling(Observation.linkRoom, 1) {
                .path(.readLink(beneath: handle(directory), path: context.path(path), into: $0.regions[0]))
            }
        case .open, .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory:
            return plain(.path(naming(symbolic)))

        case .receive(let stream, let count, let pieces):
            return filling(count, pieces) { memory in
                pieces == 1
                    ? .stream(.receive(handle(stream), into: memory.regions[0]))
                    : .stream(.receiveVectored(handle(stream), into: context.segments(memory.regions)))
            }
        case .receiveExactly(let stream, let count):
            return filling(count, 1) { .stream(.receiveExactly(handle(stream), into: $0.regions[0])) }
        case .send(let stream, let payload, let pieces):
            return sending(payload, pieces) { memory in
                pieces == 1
                    ? .stream(.send(handle(stream), from: memory.regions[0]))
                    : .stream(.sendVectored(handle(stream), from: context.segments(memory.regions)))
            }
        case .sendZeroCopy(let stream, let payload):
            return sending(payload, 1) { .stream(.sendZeroCopy(handle(stream), from: $0.regions[0])) }
        case .splice(let from, let to, let count, let offset):
            return plain(.stream(.splice(from: handle(from), to: handle(to), count: count, at: offset)))
        case .acceptMultishot(let listener, _): return plain(.stream(.acceptMultishot(handle(listener))))
        case .receiveMultishot(let stream, let pool):
            return plain(.stream(.receiveMultishot(handle(stream), pools[pool]?.pool ?? BufferPool(index: .max))))
        case .readinessMultishot(let target, let asked): return plain(.watch(.readinessMultishot(handle(target), asked)))
        case .accept(let listener, _): return plain(.stream(.accept(handle(listener))))
        case .connect(let stream, let listener):
            return plain(.stream(.connect(handle(stream), to: context.address(try address(of: listener, for: stream)))))
        case .shutDown(let stream, let direction): return plain(.stream(.shutDown(handle(stream), direction)))

        case .sendMessage(let end, let payload, let receiver):
            let address = try receiver.map { try context.address(self.address(of: $0, for: end)) } ?? .empty
            return sending(payload, 1) { memory in
                .message(.send(handle(end), message(of: memory, address).region))
            }
        case .receiveMessage(let end, let count):
            return receiving(handle(end), count, handles: 0, symbolic, number)
        case .setTimes, .advise, .setOption, .option: return plain(optional(symbolic))
        case .listPiece(let directory, let room): return listing(directory, room, symbolic, number)
        case .passHandles(let passed, let payload, let end):
            return sending(payload, 1) { .message(.send(handle(end), message(of: $0, .empty, passing: passed.map { handle($0) }).region)) }
        case .receiveHandles(let end, let count, let made):
            return receiving(handle(end), count, handles: made.count, symbolic, number)
        case .readiness(let target, let ways): return plain(.watch(.readiness(handle(target), ways)))
        }
    }

    /// Operations that change names and fill nothing.
    private func naming(_ symbolic: SymbolicOperation) -> PathOperation {
        switch symbolic {
        case .open(let directory, let path, let options, _):
            .open(beneath: handle(directory), path: context.path(path), options: options, permissions: SymbolicOperation.filePermissions)
        case .symbolicLink(let directory, let path, let target):
            .symbolicLink(beneath: handle(directory), path: context.path(path), target: context.path(target))
        case .hardLink(let directory, let path, let second, let name):
            .hardLink(beneath: handle(directory), path: context.path(path), toDirectory: handle(second), toPath: context.path(name))
        case .rename(let directory, let path, let second, let name, let mode):
            .rename(beneath: handle(directory), path: context.path(path), toDirectory: handle(second), toPath: context.path(name), mode)
        case .unlink(let directory, let path): .unlink(beneath: handle(directory), path: context.path(path))
        case .makeDirectory(let directory, let path):
            .makeDirectory(beneath: handle(directory), path: context.path(path), permissions: SymbolicOperation.directoryPermissions)
        case .removeDirectory(let directory, let path): .removeDirectory(beneath: handle(directory), path: context.path(path))
        default: preconditionFailure("No operation on names")
        }
    }

    /// What was made and told; what was not is a handle that nobody has.
    func handle(_ symbol: Symbol) -> Handle { handles[symbol] ?? .invalid }
}
