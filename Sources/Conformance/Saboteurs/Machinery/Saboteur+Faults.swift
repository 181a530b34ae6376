// The three ways in which a saboteur is made.

import IOEngine
import IOSpec

extension Saboteur {
    /// Tells the engine to break a rule of its own, over a kernel interface with `kernel`'s faults.
    static func engine(
        _ name: String, breaks clauses: String..., summary: String, disagreement: Int? = nil, faults: EngineFaults,
        over kernel: @escaping @Sendable (inout KernelFault) -> Void = { _ in }
    ) -> Saboteur {
        Saboteur(name, breaks: clauses, summary: summary, disagreement: disagreement) { $0.with(faults, over: KernelFault.make(kernel)) }
    }

    /// Puts a fault between the engine and the kernel interface.
    static func kernel(
        _ name: String, breaks clauses: String..., summary: String, disagreement: Int? = nil,
        change: @escaping @Sendable (inout KernelFault) -> Void
    ) -> Saboteur {
        Saboteur(name, breaks: clauses, summary: summary, disagreement: disagreement) { $0.with([], over: KernelFault.make(change)) }
    }

    /// Puts a fault between the program and the backend.
    static func backend(
        _ name: String, breaks clauses: String..., summary: String, disagreement: Int? = nil,
        change: @escaping @Sendable (inout BackendFault) -> Void
    ) -> Saboteur {
        let make = BackendFault.make(change)
        return Saboteur(name, breaks: clauses, summary: summary, disagreement: disagreement) { factory in
            BackendFactory(name: factory.name) { (configuration) throws(Unavailability) in
                SabotagedBackend(try factory.make(configuration), fault: make())
            }.surrounded(by: factory.surroundings)
        }
    }

    /// Sets the backend up in a wrong way.
    static func setUp(
        _ name: String, breaks clauses: String..., summary: String, disagreement: Int? = nil,
        make: @escaping @Sendable (BackendFactory, BackendConfiguration) throws(Unavailability) -> any IOBackend & ~Copyable
    ) -> Saboteur {
        Saboteur(name, breaks: clauses, summary: summary, disagreement: disagreement) { factory in
            BackendFactory(name: factory.name) { (configuration) throws(Unavailability) in try make(factory, configuration) }
                .surrounded(by: factory.surroundings)
        }
    }
}
