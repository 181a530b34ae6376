// What a case needs of its surroundings, as a type.

/// What some modes take away; a case that needs it is left out there, and says so.
public enum CaseNeed: Hashable, Sendable, CustomStringConvertible {
    /// More descriptors at a time than ``AmbientMode/fewDescriptors`` leaves.
    case manyDescriptors

    public var description: String {
        switch self {
        case .manyDescriptors: "many descriptors at a time"
        }
    }
}
