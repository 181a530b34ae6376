// The name under which the kernel lets a process open again what a descriptor refers to.

/// `/proc/self/fd/` and a number, made without allocating.
struct DescriptorPath {
    // Fourteen bytes of prefix, ten digits at most, and the closing zero.
    private var bytes: InlineArray<32, CChar>

    init(_ descriptor: Int32) {
        let prefix: StaticString = "/proc/self/fd/"
        bytes = InlineArray(repeating: 0)
        // Sound: the index stays below the literal's own count.
        for index in 0..<prefix.utf8CodeUnitCount { bytes[index] = CChar(bitPattern: unsafe prefix.utf8Start[index]) }
        var digits = 1
        var rest = descriptor
        while rest >= 10 {
            digits += 1
            rest /= 10
        }
        rest = descriptor
        for place in (0..<digits).reversed() {
            bytes[prefix.utf8CodeUnitCount + place] = CChar(48 + rest % 10)
            rest /= 10
        }
    }

    /// Passes the path to `body`, ended by its zero.
    @unsafe
    mutating func withPointer<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        var span = bytes.mutableSpan
        return unsafe span.withUnsafeMutableBufferPointer { unsafe body(UnsafePointer($0.baseAddress.unsafelyUnwrapped)) }
    }
}
