// Every wrong use of the command ends with exit code 64 and a line that names what exists.

import ArgumentParser
import Testing

@testable import IOSpecCommand

@Suite struct WrongUseTests {
    @Test(arguments: [
        (["conform", "--backend", "nosuch"], "there is no backend “nosuch”; there are uring, aio, epoll"),
        (["conform", "--case", "nothing.*"], "no case matches “nothing.*”; the areas are completion"),
        (["conform", "--clause", "no.such"], "there is no clause “no.such”"),
        (["conform", "--mode", "nosuch"], "there is no mode “nosuch”; there are default, signals"),
        (["conform", "--level", "perhaps"], "there is no level “perhaps”; there are must, should, may"),
        (["conform", "--list", "--json", "report"], "--list runs nothing"),
        (["conform", "--jobs", "0"], "--jobs is 0"),
        (["conform", "--frobnicate"], "Unknown option '--frobnicate'"),
        (["conform", "--seed", "x"], "'x' is invalid"),
        (["conform", "--json", "same", "--html", "same"], "--json and --html name the same file, same"),
        (["conform", "--expectations", "/no/such/file"], "the expectations /no/such/file cannot be read"),
        (["selftest", "--json", "same", "--markdown", "same"], "--json and --markdown name the same file, same"),
        (["report", "run.json"], "say --html or --junit"),
        (["diff", "one.json"], "after.json"),
        (["diff", "one.json", "two.json", "--format", "pdf"], "'text', 'markdown' or 'json'"),
        (["selftest", "--backend", "nosuch"], "there is no backend “nosuch”"),
        (["spec", "--format", "pdf"], "'markdown' and 'json'"),
        (["audit", "--format", "json"], "--format json needs --items"),
        (["audit", "--items", "--format", "pdf"], "'pdf' is invalid"),
        (["frobnicate"], "frobnicate"),
    ])
    func isRefused(arguments: [String], text: String) {
        let error = #expect(throws: (any Error).self) { try IOSpecCommand.parseAsRoot(arguments) }
        guard let error else { return }
        #expect(IOSpecCommand.exitCode(for: error).rawValue == 64)
        #expect(IOSpecCommand.line(for: error).contains(text), "\(IOSpecCommand.line(for: error))")
        #expect(IOSpecCommand.line(for: error).split(whereSeparator: \.isNewline).count == 1)
    }
}
