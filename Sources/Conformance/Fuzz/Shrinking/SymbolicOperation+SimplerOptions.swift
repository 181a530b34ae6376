// What operations with options, and what goes with messages, may be replaced by to make a history simpler.

import IOSpec

extension SymbolicOperation {
    /// The same operation with one smaller number, or fewer handles.
    var simplerOption: [SymbolicOperation] {
        switch self {
        case .setTimes(let file, let access, let modification):
            access.simpler.map { .setTimes(file, access: $0, modification: modification) }
                + modification.simpler.map { .setTimes(file, access: access, modification: $0) }
        case .advise(let file, let offset, let count, let advice):
            HistoryStep.smaller(count).map { .advise(file, at: offset, count: $0, advice) }
                + HistoryStep.smaller(offset).map { .advise(file, at: $0, count: count, advice) }
        case .listPiece(let directory, let room): HistoryStep.smaller(room).map { .listPiece(directory, room: $0) }
        case .passHandles(let handles, let payload, let end):
            handles.indices.map { index in
                var fewer = handles
                fewer.remove(at: index)
                return .passHandles(fewer, payload, over: end)
            } + HistoryStep.smaller(payload.count).map { .passHandles(handles, Payload(seed: payload.seed, count: $0), over: end) }
        case .receiveHandles(let end, let count, let made):
            HistoryStep.smaller(count).map { .receiveHandles(end, count: $0, makes: made) }
        case .setOption(let handle, let option, let value): HistoryStep.smaller(value).map { .setOption(handle, option, $0) }
        default: []
        }
    }
}

extension FileTime {
    fileprivate var simpler: [FileTime] {
        if case .at(let time) = self { HistoryStep.smaller(time).map { .at($0) } } else { [] }
    }
}
