// The built command, as a person runs it.

import Conformance
import Testing

@Suite struct ExecutableTests {
    private func iospec(_ arguments: String...) throws -> (status: Int32, output: String) {
        let own = try #require(Native.target(ofLink: "/proc/self/exe"))
        let folder = own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let ended = try Native.run("\(folder)/iospec", arguments)
        return (ended.status, String(decoding: ended.output, as: UTF8.self))
    }

    @Test func theNopCasesPassOnEveryBackendThatIsHere() throws {
        let ended = try iospec("conform", "--case", "completion.*nop*", "--seed", "1")
        #expect(ended.status == 0, "\(ended.output)")
        #expect(ended.output.contains("epoll"))
    }

    @Test func tapGoesToTheOutputAlone() throws {
        let ended = try iospec("conform", "--backend", "epoll", "--case", "completion.nop", "--tap")
        #expect(ended.output == "TAP version 13\n1..1\nok 1 - epoll completion.nop\n")
    }

    @Test func listingRunsNothing() throws {
        let ended = try iospec("conform", "--case", "completion.nop", "--list")
        #expect(ended.status == 0)
        #expect(ended.output.split(separator: "\n").count == 2)
    }

    @Test func backendsTellsAboutAllThree() throws {
        let ended = try iospec("backends")
        for name in ["uring", "aio", "epoll"] { #expect(ended.output.contains("\(name): ")) }
    }

    @Test func wrongUseIsExitCode64() throws {
        #expect(try iospec("conform", "--backend", "nosuch").status == 64)
    }
}
