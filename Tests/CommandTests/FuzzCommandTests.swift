// Random histories, as a person asks for them.

import Conformance
import Testing

@Suite struct FuzzCommandTests {
    private func command() throws -> String {
        let own = try #require(Native.target(ofLink: "/proc/self/exe"))
        return own.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/iospec"
    }

    private func replay(_ text: String, _ arguments: String...) throws -> (status: Int32, output: String) {
        let scratch = try ScratchDirectory()
        let path = "\(scratch.path)/a.history"
        try Native.makeFile(at: path, contents: Array(text.utf8))
        let ended = try Native.run(command(), ["fuzz", "--replay", path] + arguments)
        return (ended.status, String(decoding: ended.output, as: UTF8.self))
    }

    @Test func aHistoryIsCarriedOutAgainAndEachResultIsTold() throws {
        let ended = try replay("1: nop\n2: timer 0\nsettle\n", "--backend", "epoll", "--times", "3")
        #expect(ended.status == 0, "\(ended.output)")
        #expect(ended.output == "epoll: allowed 3 of 3 times\n  1: 0\n  2: 0\n")
    }

    @Test func aSabotagedBackendIsFoundOutAndTheClauseIsNamed() throws {
        let closing = "acquire pair streams → h1 h2\n1: receive h1 count 3\nturn\n2: close h1\nsettle\n"
        #expect(try replay(closing, "--backend", "epoll", "--times", "1").status == 0)
        let caught = try replay(closing, "--backend", "epoll", "--saboteur", "close.does-not-cancel", "--times", "1")
        #expect(caught.status == 1)
        #expect(caught.output.contains("close.cancels"), "\(caught.output)")
    }

    @Test(arguments: ["1", "3"])
    func howeverManyChildrenShareThemHistoriesAreCarriedOut(jobs: String) throws {
        let ended = try Native.run(command(), ["fuzz", "--backend", "simulated", "--seconds", "1", "--seed", "7", "--jobs", jobs])
        let output = String(decoding: ended.output, as: UTF8.self)
        #expect(ended.status == 0, "\(output)")
        #expect(output.hasPrefix("seed 7\n"))
    }

    @Test func whatIsNoHistoryIsWrongUse() throws {
        #expect(try replay("acquire pair streams → h1 h2\nturn\n1: receive h1 count 1 linked\n").status == 64)
    }

    @Test(arguments: [
        (["--backend", "none"], "there is no backend “none”"),
        (["--backend", "epoll", "--faults"], "--faults cannot make “epoll” fail"),
        (["--mode", "all"], "one mode at a time"),
        (["--steps", "0"], "--steps is 0"),
        (["--seconds", "0"], "--seconds is 0"),
        (["--replay", "/no/such/file"], "/no/such/file"),
        (["--saboteur", "nobody"], "there is no saboteur “nobody”"),
    ])
    func wrongUseIsOneLineThatNamesTheThing(arguments: [String], words: String) throws {
        let ended = try Native.run("/bin/sh", ["-c", "\"$0\" fuzz \"$@\" 2>&1", command()] + arguments)
        let output = String(decoding: ended.output, as: UTF8.self)
        #expect(ended.status == 64)
        #expect(output.contains(words), "\(output)")
    }
}
