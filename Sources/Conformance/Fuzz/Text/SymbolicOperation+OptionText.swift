// How operations with options, and what goes with messages, are written.

import IOSpec

extension SymbolicOperation {
    var optionText: String {
        switch self {
        case .setTimes(let file, let access, let modification):
            "setTimes \(file.text) access \(access.text) modification \(modification.text)"
        case .advise(let file, let offset, let count, let advice): "advise \(file.text) \(advice) count \(count) at \(offset)"
        case .listPiece(let directory, let room): "listPiece \(directory.text) room \(room)"
        case .passHandles(let handles, let payload, let end):
            "passHandles \(handles.map { $0.text + " " }.joined())over \(end.text) \(payload.text)"
        case .receiveHandles(let end, let count, _): "receiveHandles \(end.text) count \(count)"
        case .setOption(let handle, let option, let value): "setOption \(handle.text) \(option) \(value)"
        case .option(let handle, let option): "option \(handle.text) \(option)"
        default: preconditionFailure("No operation with options")
        }
    }
}

extension FileTime {
    fileprivate var text: String {
        switch self {
        case .unchanged: "unchanged"
        case .now: "now"
        case .at(let time): "\(time)"
        }
    }
}
