// How much an operation moves, and where or when: what a trace tells of its arguments.

import IOSpec

/// The arguments of an operation that explain what became of it. Operations whose arguments say little have none.
struct TraceExtent: Sendable {
    /// What the numbers mean.
    enum Form: UInt8, Sendable {
        case none, bytes, bytesAt, segments, segmentsAt, options, length, direction, due
    }

    var form = Form.none
    /// Bytes, segments, or the bits of options.
    var count: Int64 = 0
    /// An offset, a length, or nanoseconds from the submission on.
    var position: Int64 = 0

    /// The arguments of `operation`, which is submitted `now`.
    init(of operation: Operation, now: Instant) {
        switch operation {
        case .time(.timer(let instant)):
            self.init(.due, position: instant.nanoseconds(since: now))
        case .path(.open(_, _, let options, _)):
            self.init(.options, Int64(options.rawValue))
        case .file(.read(_, let region, let offset)), .file(.write(_, let region, let offset)):
            self.init(.bytesAt, Int64(region.count), position: offset)
        case .file(.readVectored(_, let list, let offset)), .file(.writeVectored(_, let list, let offset)):
            self.init(.segmentsAt, Int64(list.count), position: offset)
        case .file(.append(_, let region)), .file(.list(_, let region, _)), .stream(.receive(_, let region)),
            .stream(.receiveExactly(_, let region)), .stream(.send(_, let region)), .stream(.sendZeroCopy(_, let region)):
            self.init(.bytes, Int64(region.count))
        case .stream(.receiveVectored(_, let list)), .stream(.sendVectored(_, let list)):
            self.init(.segments, Int64(list.count))
        case .file(.allocate(_, let offset, let count, _)), .file(.punchHole(_, let offset, let count)):
            self.init(.bytesAt, count, position: offset)
        case .stream(.splice(_, _, let count, let offset)):
            self.init(.bytesAt, Int64(count), position: offset)
        case .file(.truncate(_, let length)):
            self.init(.length, position: length)
        case .stream(.shutDown(_, let direction)):
            self.init(.direction, Int64(direction.rawValue))
        default:
            self.init(.none)
        }
    }

    /// Numbers whose meaning is `form`; whatever a dying process left there.
    init(_ form: Form, _ count: Int64 = 0, position: Int64 = 0) {
        self.form = form
        self.count = count
        self.position = position
    }

    /// The arguments in words; nil when there are none.
    var text: String? {
        switch form {
        case .none: nil
        case .bytes: Self.number(count, "byte")
        case .bytesAt: "\(Self.number(count, "byte")) at \(position)"
        case .segments: Self.number(count, "segment")
        case .segmentsAt: "\(Self.number(count, "segment")) at \(position)"
        case .options: "for \(Self.names(ofOptions: count))"
        case .length: "to \(Self.number(position, "byte"))"
        case .direction: UInt8(exactly: count).flatMap(Direction.init).map { "\($0)" }
        case .due: "due \(TraceRecord.relative(position))"
        }
    }

    private static func number(_ count: Int64, _ unit: String) -> String { "\(count) \(unit)\(count == 1 ? "" : "s")" }

    /// The options in words; bits without a name stay a number.
    private static func names(ofOptions bits: Int64) -> String {
        let named: [(OpenOptions, String)] = [
            (.reading, "reading"), (.writing, "writing"), (.appending, "appending"), (.creating, "creating"), (.exclusive, "exclusive"),
            (.truncating, "truncating"), (.direct, "direct"), (.directory, "directory"), (.noFollow, "noFollow"),
        ]
        let options = OpenOptions(rawValue: UInt16(truncatingIfNeeded: bits))
        let rest = options.subtracting(OpenOptions(named.map(\.0))).rawValue
        let words = named.filter { options.contains($0.0) }.map(\.1) + (rest == 0 ? [] : ["\(rest)"])
        return words.isEmpty ? "nothing" : words.joined(separator: "+")
    }
}
