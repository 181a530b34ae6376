// What saboteurs are made of, with nothing done wrong.

/// The controls: a case that blames one of them blames a disguise, and cannot tell a saboteur.
enum ControlSaboteurs {
    static let all: [Saboteur] = [
        .kernel("faultless-kernel", summary: "Nothing is done wrong between the engine and the kernel interface.") { _ in },
        .backend("faultless-backend", summary: "Nothing is done wrong between the program and the backend.") { _ in },
    ]
}
