// Handles numbered as a person would number them.

import IOSpec

extension History {
    /// The same history whose handles are numbered from 1 in the order of their making.
    var renumbered: History {
        var numbers: [Symbol: Symbol] = [:]
        for symbol in steps.flatMap(\.makes) where numbers[symbol] == nil { numbers[symbol] = Symbol(numbers.count + 1) }
        let rename = { (symbol: Symbol) in numbers[symbol] ?? symbol }
        return History(seed: seed, steps: steps.map { $0.renaming(rename) })
    }
}

extension HistoryStep {
    fileprivate func renaming(_ rename: (Symbol) -> Symbol) -> HistoryStep {
        switch self {
        case .acquire(let resource, let symbols): .acquire(resource, makes: symbols.map(rename))
        case .submit(let operation, let deadline, let isLinked, let isBarrier):
            .submit(operation.renaming(rename), deadline: deadline, isLinked: isLinked, isBarrier: isBarrier)
        case .giveBack(let pool): .giveBack(rename(pool))
        case .register(let handle): .register(rename(handle))
        case .registerMemory, .cancel, .turn, .settle: self
        }
    }
}

extension SymbolicOperation {
    fileprivate func renaming(_ rename: (Symbol) -> Symbol) -> SymbolicOperation {
        switch self {
        case .nop, .timer: self
        case .close(let handle): .close(rename(handle))
        case .open(let directory, let path, let options, let made):
            .open(beneath: rename(directory), path: path, options, makes: rename(made))
        case .pathStatus(let directory, let path, let follows): .pathStatus(beneath: rename(directory), path: path, followsLink: follows)
        case .readLink(let directory, let path): .readLink(beneath: rename(directory), path: path)
        case .symbolicLink(let directory, let path, let target): .symbolicLink(beneath: rename(directory), path: path, target: target)
        case .hardLink(let directory, let path, let second, let name):
            .hardLink(beneath: rename(directory), path: path, toDirectory: rename(second), toPath: name)
        case .rename(let directory, let path, let second, let name, let mode):
            .rename(beneath: rename(directory), path: path, toDirectory: rename(second), toPath: name, mode)
        case .unlink(let directory, let path): .unlink(beneath: rename(directory), path: path)
        case .makeDirectory(let directory, let path): .makeDirectory(beneath: rename(directory), path: path)
        case .removeDirectory(let directory, let path): .removeDirectory(beneath: rename(directory), path: path)
        case .read(let file, let count, let offset, let pieces): .read(rename(file), count: count, at: offset, pieces: pieces)
        case .write(let file, let payload, let offset, let pieces): .write(rename(file), payload, at: offset, pieces: pieces)
        case .append(let file, let payload): .append(rename(file), payload)
        case .truncate(let file, let size): .truncate(rename(file), to: size)
        case .allocate(let file, let offset, let count, let keeps): .allocate(rename(file), at: offset, count: count, keepsSize: keeps)
        case .punchHole(let file, let offset, let count): .punchHole(rename(file), at: offset, count: count)
        case .synchronize(let file, let dataOnly): .synchronize(rename(file), dataOnly: dataOnly)
        case .status(let file): .status(rename(file))
        case .list(let directory): .list(rename(directory))
        case .setPermissions(let file, let permissions): .setPermissions(rename(file), permissions)
        case .lock(let file, let mode): .lock(rename(file), mode)
        case .unlock(let file): .unlock(rename(file))
        case .receive(let stream, let count, let pieces): .receive(rename(stream), count: count, pieces: pieces)
        case .receiveExactly(let stream, let count): .receiveExactly(rename(stream), count: count)
        case .send(let stream, let payload, let pieces): .send(rename(stream), payload, pieces: pieces)
        case .sendZeroCopy(let stream, let payload): .sendZeroCopy(rename(stream), payload)
        case .splice(let from, let to, let count, let offset): .splice(from: rename(from), to: rename(to), count: count, at: offset)
        case .accept(let listener, let made): .accept(rename(listener), makes: rename(made))
        case .connect(let stream, let listener): .connect(rename(stream), to: rename(listener))
        case .shutDown(let stream, let direction): .shutDown(rename(stream), direction)
        case .sendMessage(let end, let payload, let receiver): .sendMessage(rename(end), payload, to: receiver.map(rename))
        case .receiveMessage(let end, let count): .receiveMessage(rename(end), count: count)
        case .readiness(let handle, let ways): .readiness(rename(handle), ways)
        case .acceptMultishot(let handle, let made): .acceptMultishot(rename(handle), makes: made.map(rename))
        case .receiveMultishot(let handle, let pool): .receiveMultishot(rename(handle), into: rename(pool))
        case .readinessMultishot(let handle, let ways): .readinessMultishot(rename(handle), ways)
        case .setTimes(let file, let access, let modification): .setTimes(rename(file), access: access, modification: modification)
        case .advise(let file, let offset, let count, let advice): .advise(rename(file), at: offset, count: count, advice)
        case .listPiece(let directory, let room): .listPiece(rename(directory), room: room)
        case .passHandles(let handles, let payload, let end): .passHandles(handles.map(rename), payload, over: rename(end))
        case .receiveHandles(let end, let count, let made): .receiveHandles(rename(end), count: count, makes: made.map(rename))
        case .setOption(let handle, let option, let value): .setOption(rename(handle), option, value)
        case .option(let handle, let option): .option(rename(handle), option)
        }
    }
}
