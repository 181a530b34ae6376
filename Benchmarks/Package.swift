// swift-tools-version: 6.2
// What the engine costs, beside the same work in C. A package of its own, so that nobody who uses the library builds it.

import PackageDescription

let houseSettings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "Benchmarks",
    dependencies: [
        .package(name: "swift-io-spec", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
    ],
    targets: [
        .target(name: "CBaseline", linkerSettings: [.linkedLibrary("uring")]),
        .target(name: "CAllocationCounter"),
        .executableTarget(
            name: "EngineCost",
            dependencies: [
                "CBaseline", "CAllocationCounter",
                .product(name: "IOSpec", package: "swift-io-spec"),
                .product(name: "IOEngine", package: "swift-io-spec"),
                .product(name: "BackendURing", package: "swift-io-spec"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: houseSettings
        ),
        .executableTarget(
            name: "RuntimeCost",
            dependencies: [
                "CBaseline", "CAllocationCounter",
                .product(name: "IOSpec", package: "swift-io-spec"),
                .product(name: "IORuntime", package: "swift-io-spec"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: houseSettings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),
        .executableTarget(
            name: "TransferCost",
            dependencies: [
                "CBaseline", "CAllocationCounter",
                .product(name: "IOSpec", package: "swift-io-spec"),
                .product(name: "IORuntime", package: "swift-io-spec"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: houseSettings + [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),
    ]
)
