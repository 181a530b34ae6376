// Moving many bytes from one thing to another.

import IOSpec

/// Moves bytes until the source ends, and returns how many.
///
/// Several blocks are under way at once: of a file, each is read and written where it belongs as soon as it can be; what has an order is received and sent in that order. From
/// a pipe to a file, and to a pipe from another one or a stream, the system moves them without passing through the program, where it can.
///
/// What others write into the source, or into the same part of the target, meanwhile may be copied or not. A range of a file must not be copied to another one of the same file that it overlaps.
///
/// - Parameters:
///   - source: where bytes come from.
///   - sink: where they go.
///   - progress: is told from time to time how many of the first bytes have arrived, never fewer than before.
/// - Throws: the failure of the first byte that could not be moved, which tells how many arrived before it. A file may have some of those that come after it, too; and of a stream or
///   pipe some may have been received that could not be sent.
public nonisolated(nonsending) func copy(
    from source: ByteSource, to sink: ByteSink, progress: (@Sendable (Int) -> Void)? = nil
) async throws(IOFailure) -> Int {
    if let splice = Splice(from: source, to: sink), let moved = try await splice.run(progress) { return moved }
    return try await copyByBlocks(from: source, to: sink, progress: progress)
}

/// As ``copy(from:to:progress:)``, always through the program.
package nonisolated(nonsending) func copyByBlocks(
    from source: ByteSource, to sink: ByteSink, progress: (@Sendable (Int) -> Void)? = nil
) async throws(IOFailure) -> Int {
    let shape = try await CopyShape(of: source)
    let copy = BlockCopy(from: source, to: sink, shape, progress)
    return try await copy.run()
}
