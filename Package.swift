// swift-tools-version: 6.2
// The package: a specification of IO, the Linux backends that carry it out, and the suite that proves they behave alike.

import PackageDescription

// MARK: - House settings

/// Warnings are errors in continuous integration only, so that a newer compiler never breaks a user's build.
let warningsAreErrors = Context.environment["IOSPEC_CI"].map { !$0.isEmpty } ?? false

let houseSettings: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

// MARK: - Package

let package = Package(
    name: "swift-io-spec",
    products: [
        .library(name: "IOSpec", targets: ["IOSpec"]),
        .library(name: "IOEngine", targets: ["IOEngine"]),
        .library(name: "LinuxSupport", targets: ["LinuxSupport"]),
        .library(name: "BackendURing", targets: ["BackendURing"]),
        .library(name: "BackendAIO", targets: ["BackendAIO"]),
        .library(name: "BackendEpoll", targets: ["BackendEpoll"]),
        .library(name: "BackendSimulated", targets: ["BackendSimulated"]),
        .library(name: "IORuntime", targets: ["IORuntime"]),
        .library(name: "IORuntimeServices", targets: ["IORuntimeServices"]),
        .library(name: "Conformance", targets: ["Conformance"]),
        .executable(name: "iospec", targets: ["IOSpecCommand"]),
    ],
    traits: [
        .trait(name: "URing", description: "The io_uring backend. Needs liburing (Debian: liburing-dev)."),
        .trait(name: "AIO", description: "The Linux AIO backend. Needs libaio (Debian: libaio-dev)."),
        .default(enabledTraits: ["URing", "AIO"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: [
        // MARK: Specification and engine: no kernel, no Foundation

        .target(name: "IOSpec", swiftSettings: houseSettings),
        .target(name: "IOEngine", dependencies: ["IOSpec"], swiftSettings: houseSettings),

        // MARK: Linux, in C

        .target(name: "CLinuxIO"),
        .systemLibrary(name: "CLiburing", pkgConfig: "liburing", providers: [.apt(["liburing-dev"])]),
        .systemLibrary(name: "CLibaio", providers: [.apt(["libaio-dev"])]),

        // MARK: Backends

        .target(
            name: "LinuxSupport",
            dependencies: ["IOSpec", "IOEngine", "CLinuxIO"],
            swiftSettings: houseSettings
        ),
        .target(
            name: "BackendURing",
            dependencies: [
                "IOSpec", "IOEngine", "LinuxSupport", "CLinuxIO",
                .target(name: "CLiburing", condition: .when(traits: ["URing"])),
            ],
            path: "Sources/Backend-URing",
            swiftSettings: houseSettings
        ),
        .target(
            name: "BackendAIO",
            dependencies: [
                "IOSpec", "IOEngine", "LinuxSupport", "CLinuxIO",
                .target(name: "CLibaio", condition: .when(traits: ["AIO"])),
            ],
            path: "Sources/Backend-AIO",
            swiftSettings: houseSettings
        ),
        .target(
            name: "BackendEpoll",
            dependencies: ["IOSpec", "IOEngine", "LinuxSupport", "CLinuxIO"],
            path: "Sources/Backend-Epoll",
            swiftSettings: houseSettings
        ),
        .target(
            name: "BackendSimulated",
            dependencies: ["IOSpec", "IOEngine"],
            path: "Sources/Backend-Simulated",
            swiftSettings: houseSettings
        ),

        // MARK: Runtime

        .target(
            name: "IORuntime",
            dependencies: [
                "IOSpec", "IOEngine", "LinuxSupport", "CLinuxIO", "BackendEpoll", "BackendSimulated",
                .target(name: "BackendURing", condition: .when(traits: ["URing"])),
                .target(name: "BackendAIO", condition: .when(traits: ["AIO"])),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ],
            swiftSettings: houseSettings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),
        // Apart, so that whoever needs neither builds neither.
        .target(
            name: "IORuntimeServices",
            dependencies: [
                "IOSpec", "IORuntime",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: houseSettings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),

        // MARK: Conformance

        .target(name: "CConformance", dependencies: ["CLinuxIO"]),
        .target(
            name: "Conformance",
            dependencies: ["IOSpec", "IOEngine", "LinuxSupport", "BackendSimulated", "CLinuxIO", "CConformance"],
            swiftSettings: houseSettings
        ),
        .executableTarget(
            name: "IOSpecCommand",
            dependencies: [
                "IOSpec", "IOEngine", "LinuxSupport", "CLinuxIO", "Conformance", "BackendEpoll",
                .target(name: "BackendURing", condition: .when(traits: ["URing"])),
                .target(name: "BackendAIO", condition: .when(traits: ["AIO"])),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Sources/Command",
            swiftSettings: houseSettings
        ),

        // MARK: Tests

        .testTarget(name: "IOSpecTests", dependencies: ["IOSpec"], swiftSettings: houseSettings),
        .testTarget(name: "IOEngineTests", dependencies: ["IOSpec", "IOEngine"], swiftSettings: houseSettings),
        .testTarget(
            name: "LinuxSupportTests",
            dependencies: ["IOSpec", "IOEngine", "LinuxSupport", "CLinuxIO"],
            swiftSettings: houseSettings
        ),
        .testTarget(
            name: "BackendSimulatedTests",
            dependencies: ["IOSpec", "IOEngine", "BackendSimulated"],
            swiftSettings: houseSettings
        ),
        .testTarget(
            name: "IORuntimeTests",
            dependencies: [
                "IOSpec", "IOEngine", "IORuntime", "BackendSimulated",
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
            ],
            swiftSettings: houseSettings
        ),
        .testTarget(
            name: "IORuntimeServicesTests",
            dependencies: [
                "IOSpec", "IORuntime", "IORuntimeServices",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: houseSettings
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: [
                "IOSpec", "IOEngine", "LinuxSupport", "CLinuxIO", "Conformance", "BackendEpoll", "BackendSimulated",
                .target(name: "BackendURing", condition: .when(traits: ["URing"])),
                .target(name: "BackendAIO", condition: .when(traits: ["AIO"])),
            ],
            exclude: ["Histories"],
            swiftSettings: houseSettings
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["IOSpecCommand", "IOSpec", "Conformance", "CLinuxIO"],
            swiftSettings: houseSettings
        ),
    ]
)
