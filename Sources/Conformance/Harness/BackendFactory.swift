// How the suite makes the backends that it tests: all that an implementor has to supply.

import IOEngine
public import IOSpec

/// Makes fresh backends of one kind.
public struct BackendFactory: Sendable {
    /// Sets a backend up, or says why it cannot be had.
    public typealias Make = @Sendable (BackendConfiguration) throws(Unavailability) -> any IOBackend & ~Copyable

    /// The name by which people choose the backend.
    public let name: String
    /// Sets a backend up, on the thread that will use it.
    public let make: Make
    /// What is around its backends.
    public private(set) var surroundings: any Surroundings = NativeSurroundings()
    /// Sets a backend up that breaks rules on purpose; nil for a backend that has no such switches.
    private let makeFaulty: FaultyMake?

    /// Sets a backend up whose descriptors are set to be non-blocking behind its back; nil for a backend whose descriptors are not known.
    private let makeNonBlocking: Make?

    private typealias FaultyMake =
        @Sendable (BackendConfiguration, EngineFaults, KernelFault.Make) throws(Unavailability) -> any IOBackend & ~Copyable

    /// Makes backends called `name`.
    public init(name: String, make: @escaping Make) {
        self.name = name
        self.make = make
        makeFaulty = nil
        makeNonBlocking = nil
    }

    /// The engine over the kernel interface `kernel`, each set up after `preparing`, which may be done any number of times and on any thread.
    public static func engine<Kernel: KernelInterface & ~Copyable & SendableMetatype>(
        _ kernel: Kernel.Type, preparing: @escaping @Sendable () -> Void = {}
    ) -> BackendFactory {
        BackendFactory(engine: kernel, preparing: preparing)
    }

    private init<Kernel: KernelInterface & ~Copyable & SendableMetatype>(
        engine kernel: Kernel.Type, preparing: @escaping @Sendable () -> Void
    ) {
        name = Kernel.name
        make = { (configuration) throws(Unavailability) in
            preparing()
            return try IOEngine<Kernel>(configuration: configuration)
        }
        makeNonBlocking = { (configuration) throws(Unavailability) in
            preparing()
            return try IOEngine<NonBlockingKernel<Kernel>>(configuration: configuration)
        }
        makeFaulty = { (configuration, faults, makeFault) throws(Unavailability) in
            preparing()
            return try IOEngine<SabotagedKernel<Kernel>>(configuration: configuration, faults: faults) {
                (configuration) throws(Unavailability) in
                try SabotagedKernel<Kernel>(configuration: configuration, fault: makeFault())
            }
        }
    }

    /// The engine over kernel interfaces that `makeKernel` sets up.
    init<Kernel: KernelInterface & ~Copyable & SendableMetatype>(
        engineOver makeKernel: @escaping @Sendable (BackendConfiguration) throws(Unavailability) -> Kernel
    ) {
        name = Kernel.name
        makeNonBlocking = nil
        make = { (configuration) throws(Unavailability) in try IOEngine(configuration: configuration, faults: [], over: makeKernel) }
        makeFaulty = { (configuration, faults, makeFault) throws(Unavailability) in
            try IOEngine(configuration: configuration, faults: faults) { (configuration) throws(Unavailability) in
                SabotagedKernel(over: try makeKernel(configuration), fault: makeFault())
            }
        }
    }

    /// The same backends in other surroundings than the system.
    public func surrounded(by surroundings: any Surroundings) -> BackendFactory {
        var factory = self
        factory.surroundings = surroundings
        return factory
    }

    /// The same backend on descriptors that somebody else sets to be non-blocking, or nil when it is not the engine that makes it.
    var nonBlocking: BackendFactory? { makeNonBlocking.map { BackendFactory(name: name, make: $0).surrounded(by: surroundings) } }

    /// The same backend with deliberate faults in its engine and around its kernel interface, or nil when it is not the engine that makes it.
    func with(_ faults: EngineFaults, over makeFault: @escaping KernelFault.Make) -> BackendFactory? {
        guard let makeFaulty else { return nil }
        return BackendFactory(name: name) { (configuration) throws(Unavailability) in try makeFaulty(configuration, faults, makeFault) }
            .surrounded(by: surroundings)
    }
}
