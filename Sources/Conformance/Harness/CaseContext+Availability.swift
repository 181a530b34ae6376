// Trying to set a backend up beside the case's own.

import IOSpec

extension CaseContext {
    /// Tries to make a backend, and returns the reason why it cannot be had.
    func reasonNotToMake(_ configuration: BackendConfiguration) throws -> Unavailability? {
        do throws(Unavailability) {
            _ = try factory.make(configuration)
            return nil
        } catch {
            return error
        }
    }
}
