// The signal that ends a worker's system call.

import CLinuxIO

/// A real-time signal that was found unused, whose handler does nothing: it makes a blocking call return EINTR.
enum InterruptSignal {
    /// The signal's number, or a negative errno value when the program uses every real-time signal. Claimed once a process.
    static let number: Int32 = linuxio_claim_interrupt_signal()
}
