// Operations on names: few of them, so that they are made, replaced and removed under each other.

import IOSpec

extension HistoryGenerator {
    private static var names: [String] { ["a", "b", "c", "f", "l"] }

    mutating func nameOperation() -> SymbolicOperation {
        let directory = handle(.directory)
        switch chance.below(100) {
        case 0..<20: return opening(creates: chance.percent(60))
        case 20..<34: return .makeDirectory(beneath: directory, path: path())
        case 34..<42: return .removeDirectory(beneath: directory, path: path())
        case 42..<52: return .unlink(beneath: directory, path: path())
        case 52..<66:
            return .rename(
                beneath: directory, path: path(), toDirectory: handle(.directory), toPath: path(), chance.one(of: RenameMode.allCases))
        case 66..<72: return .hardLink(beneath: directory, path: path(), toDirectory: handle(.directory), toPath: path())
        case 72..<80: return .symbolicLink(beneath: directory, path: path(), target: target())
        case 80..<84: return .readLink(beneath: directory, path: path())
        case 84..<93: return .pathStatus(beneath: directory, path: path(), followsLink: chance.percent(50))
        case 93..<98: return .list(directory)
        default: return .setPermissions(directory, chance.one(of: [0o755, 0o700]))
        }
    }

    /// What a link says; seldom more than there is room for when it is read.
    private mutating func target() -> String {
        switch chance.below(100) {
        case 0..<80: path()
        case 80..<90: String(repeating: "./", count: 200) + chance.one(of: Self.names)
        default: "nowhere"
        }
    }

    /// A path of few names, seldom a strange one.
    mutating func path() -> String {
        let name = chance.one(of: Self.names)
        let other = chance.one(of: Self.names)
        switch chance.below(100) {
        case 0..<76: return name
        case 76..<88: return "\(name)/\(other)"
        case 88..<91: return "\(name)/\(other)/\(chance.one(of: Self.names))"
        default:
            return chance.one(of: [
                "\(name)/", ".", "..", "../\(name)", "/\(name)", "\(name)/./\(other)", "\(name)/../\(other)", "\(name)//\(other)", "",
                "\(name)/.", "\(name)/..", String(repeating: "x", count: 256), String(repeating: "\(name)/", count: 2100),
            ])
        }
    }
}
