// The numbers 0, 1 and 2 belong to the standard streams, also when whoever started the command closed them.

import Glibc

/// The descriptors that every program takes for granted.
enum StandardDescriptors {
    /// Opens those that are closed, so that nothing else gets their numbers.
    static func open() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
            // The lowest free number is this one, because those before it are open by now.
            _ = unsafe Glibc.open("/dev/null", O_RDWR)
        }
    }
}
